/** Protobuf bytes, walked in place, and the shapes of the remote protocols' messages. */
@NullMarked
package io.narthex.storage.remote.internal.wire;

import org.jspecify.annotations.NullMarked;
