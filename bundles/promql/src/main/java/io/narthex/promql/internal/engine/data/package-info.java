/** Steps and series in columns: what operators exchange. */
@NullMarked
package io.narthex.promql.internal.engine.data;

import org.jspecify.annotations.NullMarked;
