package io.narthex.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

class TlsVersionsTest {

  @Test
  void onlyTheOldVersionsArePermitted() {
    assertThat(TlsVersions.withoutOldOnes("SSLv3, TLSv1, TLSv1.1, DTLSv1.0, RC4"))
        .isEqualTo("SSLv3, DTLSv1.0, RC4");
  }

  @Test
  void whoAsksForNothingGetsTheNewOnes() throws Exception {
    TlsVersions.permitOldOnes();
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, null, null);
    assertThat(context.createSSLEngine().getEnabledProtocols())
        .containsExactlyInAnyOrder("TLSv1.3", "TLSv1.2");
    assertThat(context.getSupportedSSLParameters().getProtocols()).contains("TLSv1", "TLSv1.1");
  }
}
