/** The physical operators. */
@NullMarked
package io.narthex.promql.internal.engine.operator;

import org.jspecify.annotations.NullMarked;
