package io.narthex.discovery.http.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.config.ConfigurationException;
import io.narthex.config.internal.yaml.YamlConfigNodes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpSettingsTest {

  private final HttpProvider provider = new HttpProvider();

  @ParameterizedTest
  @ValueSource(
      strings = {"http://a_b/x", "HTTPS://h:1", "http://me:x@h/", "http://[::1]:80/", "http://h"})
  void takesUrls(String url) throws Exception {
    assertThat(provider.parse(YamlConfigNodes.parse("url: '" + url + "'")))
        .isInstanceOfSatisfying(HttpConfig.class, c -> assertThat(c.url()).hasToString(url));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | URL is missing",
        "url: ftp://h/ | URL scheme must be 'http' or 'https'",
        "url: h:80 | URL scheme must be 'http' or 'https'",
        "url: /x | URL scheme must be 'http' or 'https'",
        "url: http:///x | host is missing in URL",
        "url: 'http://me@/x' | host is missing in URL",
        "url: 'http://h/%zz' | parse",
        "{url: 'http://h', refresh_interval: 0s} | refresh_interval",
        "{url: 'http://h', basic_auth: {user: x}} | user",
      })
  void refusesSettings(String text, String message) throws Exception {
    var section = YamlConfigNodes.parse(text);
    assertThatThrownBy(() -> provider.parse(section))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        " application/json ",
        "application/json;charset=utf-8",
        "application/json; charset=UTF-8",
        "application/json; charset=\"utf-8\""
      })
  void takesJson(String type) {
    assertThat(HttpDiscoverer.isJson(type)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "text/plain",
        "application/json charset=utf-8",
        "application/json; charset=latin1",
        "application/json; charset=\"utf-8",
        "application/json;"
      })
  void takesNoOtherType(String type) {
    assertThat(HttpDiscoverer.isJson(type)).isFalse();
  }
}
