/** Who the client says it is: basic, header and OAuth 2.0 credentials. */
@NullMarked
package io.narthex.http.internal.auth;

import org.jspecify.annotations.NullMarked;
