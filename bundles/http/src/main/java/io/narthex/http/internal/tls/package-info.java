/** TLS of a client: PEM, trust, and file rotation. */
@NullMarked
package io.narthex.http.internal.tls;

import org.jspecify.annotations.NullMarked;
