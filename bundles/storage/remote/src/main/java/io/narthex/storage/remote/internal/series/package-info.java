/** From the bytes that name a series to its reference in the storage. */
@NullMarked
package io.narthex.storage.remote.internal.series;

import org.jspecify.annotations.NullMarked;
