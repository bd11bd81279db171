/** Service discovery: providers, discoverers, target groups, and views on the manager. */
@Export
@Version("0.1.0")
@NullMarked
package io.narthex.api.discovery;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
