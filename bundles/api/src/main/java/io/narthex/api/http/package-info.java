/** Outgoing HTTP by the HTTP client section of the configuration. */
@Export
@Version("0.1.0")
@NullMarked
package io.narthex.api.http;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
