package io.narthex.launcher;

import java.security.Security;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Lets a TLS section of the configuration name TLS 1.0 and 1.1, as with the reference: the JDK
 * speaks them, but its security properties forbid them to everybody. Who asks for nothing gets TLS
 * 1.2 and 1.3 as before.
 */
final class TlsVersions {
  private static final String DISABLED = "jdk.tls.disabledAlgorithms";
  private static final String DEFAULTS = "TLSv1.3,TLSv1.2";

  private TlsVersions() {}

  /** To be called before the first use of TLS, which reads the properties. */
  static void permitOldOnes() {
    String disabled = Security.getProperty(DISABLED);
    if (disabled != null) {
      Security.setProperty(DISABLED, withoutOldOnes(disabled));
    }
    for (String side : new String[] {"jdk.tls.client.protocols", "jdk.tls.server.protocols"}) {
      if (System.getProperty(side) == null) {
        System.setProperty(side, DEFAULTS);
      }
    }
  }

  static String withoutOldOnes(String disabled) {
    return Arrays.stream(disabled.split(","))
        .map(String::strip)
        .filter(name -> !name.equals("TLSv1") && !name.equals("TLSv1.1"))
        .collect(Collectors.joining(", "));
  }
}
