/** The receiving side of remote write. */
@NullMarked
package io.narthex.storage.remote.internal.receive;

import org.jspecify.annotations.NullMarked;
