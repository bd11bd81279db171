/**
 * The validated configuration as immutable records, the strict view on YAML, and reload
 * transactions.
 */
@Export
@Version("0.1.0")
@NullMarked
package io.narthex.api.config;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
