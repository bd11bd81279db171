/** From text to syntax tree. */
@NullMarked
package io.narthex.promql.internal.parse;

import org.jspecify.annotations.NullMarked;
