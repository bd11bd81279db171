/** The run group and what ends it. */
@NullMarked
package io.narthex.lifecycle.internal;

import org.jspecify.annotations.NullMarked;
