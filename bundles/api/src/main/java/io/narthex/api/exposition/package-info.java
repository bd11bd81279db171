/** Scrape bodies: reading them from bytes. */
@Export
@Version("0.1.0")
@NullMarked
package io.narthex.api.exposition;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
