/** Functions of instant vectors and scalars. */
@NullMarked
package io.narthex.promql.internal.engine.function;

import org.jspecify.annotations.NullMarked;
