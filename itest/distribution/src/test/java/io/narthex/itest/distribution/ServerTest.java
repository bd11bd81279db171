package io.narthex.itest.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole server, from its start on an empty folder to its exit code. */
class ServerTest {
  private static final String READY = "Server is ready to receive web requests.";

  @TempDir Path folder;

  @BeforeEach
  void configure() throws Exception {
    Files.writeString(folder.resolve("prometheus.yml"), "global:\n  scrape_interval: 15s\n");
  }

  private Server start(String... more) throws Exception {
    String[] flags = new String[more.length + 1];
    flags[0] = "--web.listen-address=127.0.0.1:0";
    System.arraycopy(more, 0, flags, 1, more.length);
    return Server.start(folder, flags);
  }

  private static URI listening(Server server) throws Exception {
    String line = server.await("Listening on");
    String address = line.substring(line.indexOf("address=") + "address=".length());
    return URI.create("http://" + address.split(" ", 2)[0]);
  }

  private static HttpResponse<String> ask(URI server, String method, String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(server.resolve(path))
              .timeout(Duration.ofSeconds(120))
              .method(method, HttpRequest.BodyPublishers.noBody())
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  @Test
  void itBecomesReadyAnswersAndEndsWith0OnSigterm() throws Exception {
    try (Server server = start()) {
      URI uri = listening(server);
      server.await(READY);
      assertThat(ask(uri, "GET", "/-/ready").statusCode()).isEqualTo(200);
      assertThat(ask(uri, "GET", "/api/v1/query?query=1").body())
          .contains("\"status\":\"success\"");
      server.terminate();
      assertThat(server.exitCode()).as(server::output).isZero();
      assertThat(server.output()).contains("See you next time!");
    }
    assertThat(folder.resolve("data/wal")).isDirectory();
    assertThat(folder.resolve("data/lock")).doesNotExist();
  }

  @Test
  void itSaysWhereToLook() throws Exception {
    try (Server server = start("--web.external-url=http://prom.example/x/")) {
      assertThat(server.await("Open in a browser")).contains("url=http://prom.example/x/");
    }
  }

  @Test
  void theStartedProcessIsTheServer() throws Exception {
    try (Server server = start()) {
      server.await(READY);
      assertThat(ProcessHandle.of(server.pid()).orElseThrow().children()).isEmpty();
      assertThat(Files.readString(Path.of("/proc/" + server.pid() + "/comm"))).startsWith("java");
    }
  }

  @Test
  void theShellAnswersAndItsEndIsNotTheServers() throws Exception {
    try (Server server = Server.startWithShell(folder, "--web.listen-address=127.0.0.1:0")) {
      URI uri = listening(server);
      server.await(READY);
      server.type("narthex:actors");
      server.await("termination handler");
      server.type("narthex:config");
      server.await("scrape_interval: 15s");
      server.type("narthex:reload");
      server.await("The configuration was reloaded.");
      server.hangUp();
      server.await("gosh: stopping shell");
      assertThat(ask(uri, "GET", "/-/ready").statusCode()).isEqualTo(200);
      server.terminate();
      assertThat(server.exitCode()).as(server::output).isZero();
    }
  }

  @Test
  void withoutAShellNothingIsReadFromTheTerminal() throws Exception {
    try (Server server = start()) {
      URI uri = listening(server);
      server.await(READY);
      server.type("narthex:actors");
      server.hangUp();
      assertThat(ask(uri, "GET", "/-/ready").statusCode()).isEqualTo(200);
      server.terminate();
      assertThat(server.exitCode()).as(server::output).isZero();
      assertThat(server.output()).doesNotContain("termination handler");
    }
  }

  @Test
  void theHttpApiEndsItWhereThatIsAllowed() throws Exception {
    try (Server server = start("--web.enable-lifecycle")) {
      URI uri = listening(server);
      server.await(READY);
      assertThat(ask(uri, "POST", "/-/quit").statusCode()).isEqualTo(200);
      assertThat(server.exitCode()).as(server::output).isZero();
    }
  }

  @Test
  void aFlagDoesNotOutliveItsRun() throws Exception {
    theHttpApiEndsItWhereThatIsAllowed();
    try (Server server = start()) {
      URI uri = listening(server);
      server.await(READY);
      assertThat(ask(uri, "POST", "/-/quit").statusCode()).isEqualTo(403);
    }
  }

  @Test
  void aBrokenConfigurationEndsWith2() throws Exception {
    Files.writeString(folder.resolve("prometheus.yml"), "global:\n  nonsense: 1\n");
    try (Server server = start()) {
      assertThat(server.exitCode()).as(server::output).isEqualTo(2);
      assertThat(server.output()).contains("nonsense");
    }
  }

  @Test
  void aMissingConfigurationEndsWith2() throws Exception {
    try (Server server = start("--config.file=missing.yml")) {
      assertThat(server.exitCode()).as(server::output).isEqualTo(2);
      assertThat(server.output()).contains("missing.yml");
    }
  }

  @Test
  void aSecondServerOnTheSameFolderEndsWith1() throws Exception {
    try (Server first = start()) {
      first.await(READY);
      try (Server second = start()) {
        assertThat(second.exitCode()).as(second::output).isEqualTo(1);
        assertThat(second.output()).contains("lock");
      }
    }
  }

  @Test
  void anAddressInUseEndsWith1() throws Exception {
    try (Server first = start()) {
      URI taken = listening(first);
      first.await(READY);
      try (Server second =
          Server.start(
              folder,
              "--web.listen-address=" + taken.getAuthority(),
              "--storage.tsdb.path=other")) {
        assertThat(second.exitCode()).as(second::output).isEqualTo(1);
      }
    }
  }
}
