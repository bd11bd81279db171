package io.narthex.config.internal.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.config.ConfigNode;
import io.narthex.api.config.ConfigurationException;
import io.narthex.api.config.HttpClientConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlConfigNodesTest {

  private static ConfigNode.Fields fields(String yaml) throws ConfigurationException {
    return YamlConfigNodes.parse("/etc/p/x.yml", Path.of("/etc/p"), yaml).fields();
  }

  private static ConfigNode at(String yaml) throws ConfigurationException {
    ConfigNode n = fields("a: " + yaml).find("a");
    assertThat(n).isNotNull();
    return n;
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "yes", "On", "y", "TRUE"})
  void takesTheBooleansOfYaml11(String text) throws ConfigurationException {
    assertThat(at(text).bool()).isTrue();
    assertThat(at(text).text()).isEqualTo(text);
    assertThatThrownBy(() -> at("'" + text + "'").bool())
        .hasMessageContaining("line 1: cannot unmarshal !!str `" + text + "` into bool");
  }

  @Test
  void readsNumbersAsTheReferenceDoes() throws ConfigurationException {
    assertThat(at("0x10").unsigned()).isEqualTo(16);
    assertThat(at("010").integer()).isEqualTo(8);
    assertThat(at("1_000").integer()).isEqualTo(1000);
    assertThat(at("-5").integer()).isEqualTo(-5);
    assertThat(at("1e3").number()).isEqualTo(1000.0);
    assertThat(at(".inf").number()).isInfinite();
    assertThat(at("0.5").text()).isEqualTo("0.5");
    assertThatThrownBy(() -> at("-5").unsigned())
        .hasMessageContaining("cannot unmarshal !!int `-5`");
    assertThatThrownBy(() -> at("abcdefghijklm").integer())
        .hasMessageContaining("cannot unmarshal !!str `abcdefg...` into int");
  }

  @Test
  void takesNullForEmptyFalseOrZero() throws ConfigurationException {
    ConfigNode.Fields f = fields("a:\nb: ~\nc: null\n");
    assertThat(f.text("a", "x")).isEmpty();
    assertThat(f.bool("b", true)).isFalse();
    assertThat(f.duration("c", 5)).isZero();
    assertThat(f.text("d", "x")).isEqualTo("x");
  }

  @Test
  void knowsWhereItStands() throws ConfigurationException {
    ConfigNode n = fields("a:\n  - b: 1\n    c: [x, y]\n").find("a").list().get(0);
    ConfigNode c = n.fields().find("c").list().get(1);
    assertThat(c.line()).isEqualTo(3);
    assertThat(c.column()).isEqualTo(12);
    assertThat(c.key()).isEqualTo("[1]");
    assertThat(c.error("is bad")).hasMessage("parsing /etc/p/x.yml: is bad (line 3, a[0].c[1])");
  }

  @Test
  void refusesUnknownAndRepeatedKeys() throws ConfigurationException {
    ConfigNode.Fields f = fields("a: 1\nb: 2\n");
    assertThat(f.unsigned("a", 0)).isEqualTo(1);
    assertThatThrownBy(f::end)
        .hasMessageContaining("line 2: field b not found in type config.plain");
    assertThatThrownBy(() -> fields("a: 1\nb: 2\n").end())
        .hasMessageEndingWith(
            "yaml: unmarshal errors:\n  line 1: field a not found in type config.plain\n"
                + "  line 2: field b not found in type config.plain");
    assertThatThrownBy(() -> fields("a: 1\na: 2\n"))
        .hasMessageContaining("line 2: field a already set in type config.plain");
    assertThatThrownBy(() -> at("{x: 1, x: 2}").textMap())
        .hasMessageContaining("key \"x\" already set in map");
  }

  @Test
  void mergesMaps() throws ConfigurationException {
    ConfigNode.Fields f =
        fields("base: &b {x: 1, y: 2}\nuse:\n  <<: *b\n  y: 3\n").find("use").fields();
    assertThat(f.unsigned("x", 0)).isEqualTo(1);
    assertThat(f.unsigned("y", 0)).isEqualTo(3);
    f.end();
  }

  @Test
  void joinsRelativePaths() throws ConfigurationException {
    assertThat(at("../x/./y").path()).isEqualTo("/etc/x/y");
    assertThat(at("/abs").path()).isEqualTo("/abs");
    assertThat(at("''").path()).isEmpty();
  }

  @Test
  void isEqualByDataAndFolder() throws ConfigurationException {
    assertThat(at("{x: 1, y: [a]}")).isEqualTo(at("\n  y: ['a']\n  x: 1\n"));
    assertThat(at("{x: 1}")).isNotEqualTo(at("{x: '1'}"));
    assertThat(at("{x: 1}")).isNotEqualTo(YamlConfigNodes.parse("f", Path.of("/other"), "{x: 1}"));
  }

  @Test
  void readsHttpClientFields() throws ConfigurationException {
    HttpClientConfig c =
        fields("bearer_token: abc\ntls_config: {ca_file: ca.pem}\nfollow_redirects: false\n")
            .httpClient(HttpClientConfig.DEFAULT);
    assertThat(c.authorization().type()).isEqualTo("Bearer");
    assertThat(c.authorization().credentials().reveal()).isEqualTo("abc");
    assertThat(c.toString()).doesNotContain("abc").contains("<secret>");
    assertThat(c.tls().caFile()).isEqualTo("/etc/p/ca.pem");
    assertThat(c.followRedirects()).isFalse();
    assertThatThrownBy(() ->
            fields("http_headers: {Host: {values: [a]}}").httpClient(HttpClientConfig.DEFAULT))
        .hasMessageContaining("setting header \"Host\" is not allowed");
  }

  @Test
  void refusesHostileDocumentsQuickly() {
    Assertions.assertTimeoutPreemptively(
        Duration.ofMinutes(3),
        () -> {
          refused("a: [1, 2", "line 1, column 9");
          refused("a: b: c", "line 1, column 5: mapping values are not allowed here");
          refused("a: ".repeat(1) + "[".repeat(200_000), "Nesting Depth exceeded max 100");
          refused("- ".repeat(50_000) + "x", "Nesting Depth exceeded max 100");
          refused("a: &a [*a]", "anchor 'a' value contains itself");
          refused(laughs(), "document contains excessive aliasing");
          refused(chain(), "aliases nest deeper than 400");
          refused("a: b\nc: \u0001", "yaml: line 2: control characters are not allowed");
          int many = YamlLoader.MAX_BYTES - 16;
          refused("a: \"" + "x".repeat(many), "found unexpected end of stream");
          refused("a: [" + "b,".repeat(many / 2) + "]", "more than 1000000 values");
          refused("k: 1\n".repeat(many / 5), "more than 1000000 values");
          refused(" ".repeat(many) + "\n[", "line 2");
          refused("\n".repeat(many) + "a: [", "line " + (many + 1));
          assertThat(YamlConfigNodes.parse("x".repeat(many)).text()).hasSize(many);
          byte[] binary = new byte[4096];
          for (int i = 0; i < binary.length; i++) {
            binary[i] = (byte) (i * 31 + 128);
          }
          assertThatThrownBy(() -> YamlConfigNodes.parse(YamlSource.mainFile("b.yml"), binary))
              .isInstanceOf(ConfigurationException.class)
              .hasMessageContaining("parsing YAML file b.yml: yaml: line 1: invalid UTF-8 octets");
          assertThatThrownBy(() ->
                  YamlConfigNodes.parse(
                      YamlSource.mainFile("b.yml"), new byte[YamlLoader.MAX_BYTES + 1]))
              .hasMessageContaining("more than the limit of");
        });
  }

  private static void refused(String yaml, String message) {
    assertThatThrownBy(() ->
            YamlConfigNodes.parse(
                YamlSource.mainFile("b.yml"), yaml.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("parsing YAML file b.yml: yaml: ")
        .hasMessageContaining("line ")
        .hasMessageContaining(message);
  }

  private static String laughs() {
    StringBuilder out = new StringBuilder("l0: &l0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      out.append("l" + i + ": &l" + i + " [")
          .append(("*l" + (i - 1) + ", ").repeat(9))
          .append("y]\n");
    }
    return out.toString();
  }

  private static String chain() {
    StringBuilder out = new StringBuilder("l0: &l0 [x]\n");
    for (int i = 1; i < 5000; i++) {
      out.append("l" + i + ": &l" + i + " [*l" + (i - 1) + "]\n");
    }
    return out.toString();
  }
}
