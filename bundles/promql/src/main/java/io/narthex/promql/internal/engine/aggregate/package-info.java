/** Aggregations. */
@NullMarked
package io.narthex.promql.internal.engine.aggregate;

import org.jspecify.annotations.NullMarked;
