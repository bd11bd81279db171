/** PromQL as a service for texts. */
@NullMarked
package io.narthex.promql.internal.language;

import org.jspecify.annotations.NullMarked;
