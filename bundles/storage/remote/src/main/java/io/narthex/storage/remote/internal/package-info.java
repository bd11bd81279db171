/** Receives samples by Prometheus' remote protocols. */
@NullMarked
package io.narthex.storage.remote.internal;

import org.jspecify.annotations.NullMarked;
