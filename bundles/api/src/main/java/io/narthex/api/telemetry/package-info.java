/** The server's own metrics, and how its log is set. */
@Export
@Version("0.1.0")
@NullMarked
package io.narthex.api.telemetry;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
