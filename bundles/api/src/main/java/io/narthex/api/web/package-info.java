/** What servlets of all bundles may know of the web server, and the one store of its users. */
@Export
@Version("0.1.0")
@NullMarked
package io.narthex.api.web;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
