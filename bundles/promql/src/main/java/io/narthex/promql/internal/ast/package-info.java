/** The syntax tree of PromQL: what a parsed expression is made of. */
@NullMarked
package io.narthex.promql.internal.ast;

import org.jspecify.annotations.NullMarked;
