/** Reading and writing samples. */
@Export
@Version("0.1.0")
@NullMarked
package io.narthex.api.storage;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
