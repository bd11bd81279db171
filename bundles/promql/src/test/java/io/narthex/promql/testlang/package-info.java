/** The test language of PromQL. */
@org.jspecify.annotations.NullMarked
package io.narthex.promql.testlang;
