/** One storage over several. */
@NullMarked
package io.narthex.storage.fanout.internal;

import org.jspecify.annotations.NullMarked;
