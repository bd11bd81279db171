/** Read-only views on targets and scrape pools. */
@Export
@Version("0.1.0")
@NullMarked
package io.narthex.api.scrape;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
