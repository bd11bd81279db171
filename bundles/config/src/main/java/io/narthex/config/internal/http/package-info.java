/** The HTTP client section, which stands among the keys of many others. */
@NullMarked
package io.narthex.config.internal.http;

import org.jspecify.annotations.NullMarked;
