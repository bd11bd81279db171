package io.narthex.web.server.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmallPartsTest {

  @Test
  void listenAddresses() {
    assertThat(ListenAddress.parse("0.0.0.0:9090")).isEqualTo(new ListenAddress("0.0.0.0", 9090));
    assertThat(ListenAddress.parse(":0")).isEqualTo(new ListenAddress("", 0));
    assertThat(ListenAddress.parse("[::1]:80")).isEqualTo(new ListenAddress("::1", 80));
    assertThatThrownBy(() -> ListenAddress.parse("localhost"))
        .hasMessageContaining("missing port in address");
    assertThatThrownBy(() -> ListenAddress.parse("::1:80"))
        .hasMessageContaining("too many colons in address");
    assertThatThrownBy(() -> ListenAddress.parse("a:70000")).hasMessageContaining("invalid port");
  }

  @Test
  void externalUrls() {
    List<String> addresses = List.of("0.0.0.0:9090");
    assertThat(WebSettings.externalUrl("", addresses).toString())
        .startsWith("http://")
        .endsWith(":9090");
    assertThat(WebSettings.externalUrl("https://x.example/prom/", addresses))
        .hasToString("https://x.example/prom");
    assertThatThrownBy(() -> WebSettings.externalUrl("'http://x/'", addresses))
        .hasMessage("URL must not begin or end with quotes");
    assertThatThrownBy(() -> WebSettings.externalUrl("http://x/%", addresses))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void requestsAreHeldToTheirRate() {
    AtomicLong now = new AtomicLong(Long.MAX_VALUE - 10);
    RequestRate rate = new RequestRate(now::get);
    WebConfig.RateLimit limit = new WebConfig.RateLimit(100, 3);
    assertThat(List.of(rate.admits(limit), rate.admits(limit), rate.admits(limit)))
        .containsOnly(true);
    assertThat(rate.admits(limit)).isFalse();
    now.addAndGet(100);
    assertThat(rate.admits(limit)).isTrue();
    assertThat(rate.admits(limit)).isFalse();
  }

  @Test
  void basicCredentials() {
    assertThat(Guard.basic("Basic YTpiOmM=")).containsExactly("a", "b:c");
    assertThat(Guard.basic("basic YTo=")).containsExactly("a", "");
    assertThat(Guard.basic("Basic !!!")).isNull();
    assertThat(Guard.basic("Basic YQ==")).isNull();
    assertThat(Guard.basic("Bearer YTpi")).isNull();
    assertThat(Guard.basic("Basic " + "A".repeat(10_000))).isNull();
    assertThat(Guard.basic(null)).isNull();
  }

  @Test
  void theKernelTellsWhoHasHungUp(@TempDir Path proc) throws IOException {
    InetSocketAddress local = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 9090);
    InetSocketAddress remote = new InetSocketAddress(InetAddress.getByName("10.1.2.3"), 40000);
    assertThat(TcpTable.hex(local)).isEqualTo("0100007F:2382");
    assertThat(TcpTable.hex(new InetSocketAddress(InetAddress.getByName("::1"), 80)))
        .isEqualTo("00000000000000000000000001000000:0050");
    TcpTable table = new TcpTable(proc);
    assertThat(table.available()).isFalse();
    Files.writeString(proc.resolve("tcp"), "  sl  local_address rem_address   st\n");
    String mapped = "0000000000000000FFFF0000";
    String line = "   1: " + mapped + "0100007F:2382 " + mapped + "0302010A:9C40 01 0:0 0:0\n";
    Files.writeString(proc.resolve("tcp6"), line);
    assertThat(table.isClosed(local, remote)).isFalse();
    Files.writeString(proc.resolve("tcp6"), line.replace(" 01 ", " 08 "));
    assertThat(table.isClosed(local, remote)).isTrue();
    Files.writeString(proc.resolve("tcp6"), "");
    assertThat(table.isClosed(local, remote)).isTrue();
  }
}
