package io.narthex.api.config;

/**
 * TLS of a client. Certificates and keys are PEM, inline or in files that are read again when they
 * change; empty means not set.
 *
 * @param minVersion {@code TLS10} to {@code TLS13}, empty for the default
 */
public record TlsConfig(
    String ca,
    String cert,
    Secret key,
    String caFile,
    String certFile,
    String keyFile,
    String caRef,
    String certRef,
    String keyRef,
    String serverName,
    boolean insecureSkipVerify,
    String minVersion,
    String maxVersion) {

  public static final TlsConfig DEFAULT =
      new TlsConfig("", "", Secret.NONE, "", "", "", "", "", "", "", false, "", "");
}
