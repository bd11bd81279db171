/** Comparisons with the reference program. */
@org.jspecify.annotations.NullMarked
package io.narthex.promql.peer;
