/** Operators between two operands. */
@NullMarked
package io.narthex.promql.internal.engine.binary;

import org.jspecify.annotations.NullMarked;
