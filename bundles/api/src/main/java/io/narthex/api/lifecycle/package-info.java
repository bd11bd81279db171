/** Actors and the run group that runs them, the readiness of the server, and its end. */
@Export
@Version("0.1.0")
@NullMarked
package io.narthex.api.lifecycle;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
