package io.narthex.web.console.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.web.Users;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConsoleGuardTest {

  /** Users whose hashes can be read. */
  private static final class FakeUsers implements Users {
    boolean required;
    Verdict always;

    @Override
    public boolean required() {
      return required;
    }

    @Override
    public Verdict check(String user, String password, String address) {
      return verdict(required && user.equals("web") && password.equals("file"));
    }

    @Override
    public Verdict checkHash(String bcryptHash, String password, String address) {
      return verdict(bcryptHash.equals("$2a$" + password));
    }

    private Verdict verdict(boolean right) {
      return always != null ? always : right ? Verdict.ACCEPTED : Verdict.REFUSED;
    }

    @Override
    public String hash(String password) {
      return "$2a$" + password;
    }
  }

  private final FakeUsers users = new FakeUsers();
  private URI external;
  private PasswordFile file;
  private ConsoleGuard guard;

  @TempDir Path folder;

  @BeforeEach
  void setUp() throws IOException {
    Path path = folder.resolve("password");
    Files.writeString(path, "# comment\n\nadmin:$2a$secret\n");
    file = new PasswordFile(path);
    guard = guard(false);
  }

  private ConsoleGuard guard(boolean upload) {
    return new ConsoleGuard(new Clients("127.0.0.0/8", "::1"), upload, file, users, () -> external);
  }

  private String admit(Exchange exchange) {
    return guard.admit(exchange.request(), exchange.response());
  }

  private static Exchange admin() {
    return new Exchange().as("admin", "secret");
  }

  private void refused(int status, String word, Exchange exchange) {
    assertThat(admit(exchange)).isNull();
    assertThat(exchange.status).isEqualTo(status);
    assertThat(exchange.body.toString()).contains(word);
  }

  @Test
  void letsInTheRightPassword() {
    Exchange exchange = admin();
    assertThat(admit(exchange)).isEqualTo("admin");
    assertThat(exchange.responseHeaders).containsEntry("X-Frame-Options", "DENY");
    assertThat(admit(admin().from("0:0:0:0:0:0:0:1"))).isEqualTo("admin");
  }

  @Test
  void asksForAPassword() {
    Exchange exchange = new Exchange();
    refused(401, "password", exchange);
    assertThat(exchange.responseHeaders.get("WWW-Authenticate")).startsWith("Basic ");
    refused(401, "Wrong", new Exchange().as("admin", "admin"));
    refused(401, "Wrong", new Exchange().as("root", "secret"));
    refused(401, "password", new Exchange().with("Authorization", "Basic !!!"));
    refused(401, "password", new Exchange().with("Authorization", "Basic YWRtaW4="));
    refused(401, "password", new Exchange().with("Authorization", "Bearer YWRtaW46YQ=="));
  }

  @Test
  void refusesClientsFromElsewhere() {
    refused(403, "this machine", admin().from("192.0.2.7"));
    refused(403, "this machine", admin().from("2001:db8::1"));
    refused(403, "this machine", admin().from("not an address"));
    refused(403, "this machine", admin().with("X-Forwarded-For", "192.0.2.7"));
    refused(403, "this machine", admin().with("Forwarded", "for=192.0.2.7"));
  }

  @Test
  void letsInNetworksThatAreNamed() {
    guard =
        new ConsoleGuard(
            new Clients("127.0.0.1", "192.0.2.0/24"), false, file, users, () -> external);
    assertThat(admit(admin().from("192.0.2.7").with("X-Forwarded-For", "x"))).isEqualTo("admin");
    refused(403, "this machine", admin().from("192.0.3.7"));
  }

  @Test
  void changesNeedAnOriginOfTheServer() {
    assertThat(admit(admin().method("POST").with("Origin", "http://localhost:9090")))
        .isEqualTo("admin");
    assertThat(
            admit(admin().method("POST").with("Referer", "http://LOCALHOST:9090/system/console/x")))
        .isEqualTo("admin");
    refused(403, "Origin", admin().method("POST"));
    refused(403, "Origin", admin().method("DELETE"));
    refused(403, "Origin", admin().method("POST").with("Origin", "null"));
    refused(403, "Origin", admin().method("POST").with("Origin", "http://evil.example"));
    refused(403, "Origin", admin().method("POST").with("Origin", "http://localhost:9091"));
    refused(403, "Origin", admin().method("POST").with("Origin", "https://localhost:9090"));
    refused(403, "Origin", admin().method("POST").with("Origin", "http://localhost:9090.evil"));
    refused(
        403,
        "Origin",
        admin()
            .method("POST")
            .with("Origin", "http://evil.example")
            .with("Referer", "http://localhost:9090/"));
    refused(
        403,
        "Origin",
        admin()
            .method("POST")
            .with("Origin", "http://localhost:9090")
            .with("Sec-Fetch-Site", "cross-site"));
  }

  @Test
  void theExternalUrlIsAnOriginOfTheServer() {
    external = URI.create("https://prometheus.example/prom");
    assertThat(admit(admin().method("POST").with("Origin", "https://prometheus.example")))
        .isEqualTo("admin");
    refused(403, "Origin", admin().method("POST").with("Origin", "http://prometheus.example"));
  }

  @Test
  void uploadsAreOffUnlessSwitchedOn() {
    Exchange upload =
        admin()
            .method("POST")
            .with("Origin", "http://localhost:9090")
            .with("Content-Type", "Multipart/form-data; boundary=x");
    refused(403, "--console.enable-bundle-upload", upload);
    guard = guard(true);
    assertThat(admit(upload)).isEqualTo("admin");
  }

  @Test
  void theWebConfigurationFilesUsersReplaceTheConsolesOwn() {
    users.required = true;
    assertThat(admit(new Exchange().as("web", "file"))).isEqualTo("web");
    refused(401, "Wrong", admin());
  }

  @Test
  void saysWhenItCannotCheck() throws IOException {
    users.always = Users.Verdict.TOO_MANY_FAILURES;
    refused(429, "Too many", admin());
    users.always = null;
    Files.writeString(folder.resolve("password"), "admin:plain\n");
    refused(503, "log", admin());
    Files.delete(folder.resolve("password"));
    refused(503, "log", admin());
  }
}
