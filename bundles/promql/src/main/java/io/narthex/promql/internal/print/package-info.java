/** From syntax tree to text and JSON. */
@NullMarked
package io.narthex.promql.internal.print;

import org.jspecify.annotations.NullMarked;
