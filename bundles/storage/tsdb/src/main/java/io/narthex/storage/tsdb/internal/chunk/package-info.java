/** Encodings of chunks of samples. */
@NullMarked
package io.narthex.storage.tsdb.internal.chunk;

import org.jspecify.annotations.NullMarked;
