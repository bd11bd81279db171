package io.narthex.config.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://a",
        "http://a_b:80/x?y={z}|",
        "http://[::1]:80/",
        "a/b",
        "",
        "http://u:p@h/",
        "http://a/%20",
        "socks5://a:1080"
      })
  void takesUrls(String url) {
    assertThat(Urls.problem(url)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "':80', missing protocol scheme",
    "'http://a b/', 'invalid character \" \" in host name'",
    "'http://a:b/', 'invalid port \":b\" after host'",
    "'http://a/%zz', 'invalid URL escape \"%zz\"'",
    "'http://[::1/', 'missing '']'' in host'"
  })
  void refusesWhatIsNone(String url, String problem) {
    assertThat(Urls.problem(url)).isEqualTo(problem);
  }

  @ParameterizedTest
  @CsvSource({
    "http://u:p@h/x, http://u:xxxxx@h/x",
    "http://u@h/x, http://u@h/x",
    "http://h:80/x@y:z, http://h:80/x@y:z",
    "http://u:p:q@h, http://u:xxxxx@h",
    "a:b@c, a:b@c"
  })
  void hidesPasswords(String url, String shown) {
    assertThat(Urls.redacted(url)).isEqualTo(shown);
  }
}
