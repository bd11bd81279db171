package io.narthex.api.telemetry;

import java.io.IOException;
import java.io.OutputStream;
import org.osgi.annotation.versioning.ProviderType;

/** All metrics of all bundles, written in the format that a client accepts. */
@ProviderType
public interface MetricsPage {

  /** The content type for an Accept header, which may be empty. */
  String contentType(String acceptHeader);

  void write(String acceptHeader, OutputStream out) throws IOException;
}
