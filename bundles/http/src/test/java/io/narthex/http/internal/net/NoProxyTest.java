package io.narthex.http.internal.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NoProxyTest {

  private static boolean covers(String list, String host) {
    return new NoProxy(list).covers(host, 80);
  }

  @Test
  void domainsCoverTheirSubdomains() {
    assertThat(covers("example.org", "example.org")).isTrue();
    assertThat(covers("example.org", "A.Example.Org")).isTrue();
    assertThat(covers("example.org", "badexample.org")).isFalse();
    assertThat(covers(".example.org", "example.org")).isFalse();
    assertThat(covers(" x.test , *.example.org", "a.example.org")).isTrue();
  }

  @Test
  void addressesAndNetworksCoverAddressesOnly() {
    assertThat(covers("10.0.0.0/8", "10.20.30.40")).isTrue();
    assertThat(covers("10.0.0.0/8", "11.0.0.1")).isFalse();
    assertThat(covers("10.1.2.3", "10.1.2.3")).isTrue();
    assertThat(covers("2001:db8::/32", "2001:db8::1")).isTrue();
    assertThat(covers("2001:db8::/32", "10.0.0.1")).isFalse();
    assertThat(covers("10.0.0.0/99, bad/8, ,", "10.0.0.1")).isFalse();
  }

  @Test
  void portsMustAgreeWhereTheyAreGiven() {
    assertThat(covers("example.org:80", "example.org")).isTrue();
    assertThat(covers("example.org:81", "example.org")).isFalse();
    assertThat(covers("10.1.2.3:81", "10.1.2.3")).isFalse();
  }

  @Test
  void loopbackAndTheStarAreAlwaysDirect() {
    assertThat(covers("", "localhost")).isTrue();
    assertThat(covers("", "127.1.2.3")).isTrue();
    assertThat(covers("", "::1")).isTrue();
    assertThat(covers("", "example.org")).isFalse();
    assertThat(covers("*", "example.org")).isTrue();
  }
}
