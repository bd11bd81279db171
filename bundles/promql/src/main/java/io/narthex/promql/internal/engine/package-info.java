/** The engine: from a checked syntax tree to a result, within limits. */
@NullMarked
package io.narthex.promql.internal.engine;

import org.jspecify.annotations.NullMarked;
