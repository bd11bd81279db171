package io.narthex.config.internal.read;

import io.narthex.api.config.ConfigNode;
import io.narthex.api.config.ConfigurationException;
import io.narthex.api.config.TlsConfig;
import io.narthex.api.config.TracingConfig;
import io.narthex.config.internal.http.ReservedHeaders;
import io.narthex.config.internal.http.TlsReader;
import io.narthex.config.internal.yaml.FieldValues;
import org.jspecify.annotations.Nullable;

/** Reads the tracing section. */
final class TracingReader {

  private TracingReader() {}

  static @Nullable TracingConfig read(@Nullable ConfigNode node) throws ConfigurationException {
    if (node == null || node.isNull()) {
      return null;
    }
    ConfigNode.Fields f = node.fields("config.plain");
    ConfigNode tls = f.find("tls_config");
    TracingConfig c =
        new TracingConfig(
            clientType(f.find("client_type")),
            f.text("endpoint", ""),
            f.number("sampling_fraction", 0),
            f.bool("insecure", false),
            tls == null ? TlsConfig.DEFAULT : TlsReader.read(tls),
            FieldValues.textMap(f, "headers"),
            f.text("compression", ""),
            f.duration("timeout", 0));
    f.end();
    ReservedHeaders.check(
        node,
        c.headers().keySet(),
        "custom authorization header configuration is not yet supported");
    if (c.endpoint().isEmpty()) {
      throw node.error("tracing endpoint must be set");
    }
    if (!c.compression().isEmpty() && !c.compression().equals("gzip")) {
      throw node.error(
          "invalid compression type " + c.compression() + " provided, valid options: gzip");
    }
    return c;
  }

  private static String clientType(@Nullable ConfigNode node) throws ConfigurationException {
    if (node == null) {
      return "grpc";
    }
    String type = node.text();
    if (!node.isNull() && !type.equals("grpc") && !type.equals("http")) {
      throw node.error("expected tracing client type to be to be http or grpc, but got " + type);
    }
    return type;
  }
}
