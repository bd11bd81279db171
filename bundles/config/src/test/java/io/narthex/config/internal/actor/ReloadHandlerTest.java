package io.narthex.config.internal.actor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.config.ConfigurationException;
import io.narthex.api.config.ConfigurationTransactions.Transaction;
import io.narthex.api.lifecycle.ExitCodeException;
import io.narthex.api.lifecycle.ShutdownRequested;
import io.narthex.config.internal.read.ConfigurationReader;
import io.narthex.config.internal.read.DiscoveryKinds;
import io.narthex.config.internal.read.ReaderOptions;
import io.narthex.config.internal.transaction.Transactions;
import io.narthex.config.internal.transaction.VirtualTime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReloadHandlerTest {

  @TempDir Path folder;
  private final VirtualTime time = new VirtualTime();
  private Path file;
  private Transactions transactions;
  private CompletableFuture<Runnable> signal = new CompletableFuture<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  @BeforeEach
  void makeFile() throws IOException {
    file = folder.resolve("p.yml");
    Files.writeString(file, "scrape_configs: [{job_name: a}]\nrule_files: [r/*.yml]\n");
    transactions =
        new Transactions(
            file.toString(),
            overlay ->
                new ConfigurationReader(ReaderOptions.plain(), new DiscoveryKinds(Map.of()))
                    .read(file.toString(), overlay),
            time,
            time,
            time);
  }

  private ReloadHandler handler(boolean autoReload) {
    return new ReloadHandler(
        file.toString(),
        transactions,
        handler -> {
          signal.complete(handler);
          return closed::countDown;
        },
        autoReload,
        Duration.ofHours(1));
  }

  private static FutureTask<Void> start(io.narthex.api.lifecycle.Actor actor) {
    FutureTask<Void> task =
        new FutureTask<>(() -> {
          actor.execute();
          return null;
        });
    Thread.ofVirtual().start(task);
    return task;
  }

  private List<String> triggers() {
    return transactions.history().stream().map(Transaction::trigger).toList();
  }

  @Test
  void reloadsOnTheSignalOnceLoadedAndStops() throws Exception {
    ReloadHandler handler = handler(false);
    CountDownLatch reloaded = new CountDownLatch(1);
    transactions.setAfterReload(reloaded::countDown);
    FutureTask<Void> running = start(handler);
    signal.get().run();
    assertThat(triggers()).isEmpty();
    transactions.loadInitially();
    assertThat(reloaded.await(60, TimeUnit.SECONDS)).isTrue();
    handler.interrupt(new ShutdownRequested("test"));
    handler.interrupt(new ShutdownRequested("test"));
    running.get();
    assertThat(closed.getCount()).isZero();
    assertThat(triggers()).containsExactly("SIGHUP", "start");
  }

  @Test
  void returnsAtOnceWhenInterruptedBefore() throws Exception {
    ReloadHandler handler = handler(true);
    handler.interrupt(new ShutdownRequested("test"));
    handler.execute();
    assertThat(closed.getCount()).isZero();
  }

  @Test
  void reloadsWhenAFileHasChanged() throws Exception {
    ReloadHandler handler = handler(true);
    FutureTask<Void> running = start(handler);
    // Its first reload shows that the handler has taken its initial checksum.
    signal.get().run();
    transactions.loadInitially();
    while (!triggers().contains("SIGHUP")) {
      Thread.onSpinWait();
    }
    transactions.reload("HTTP API");
    int known = triggers().size();
    handler.checkFiles();
    assertThat(triggers()).hasSize(known);

    Files.createDirectory(folder.resolve("r"));
    Files.writeString(folder.resolve("r/x.yml"), "groups: []");
    handler.checkFiles();
    assertThat(triggers()).hasSize(known + 1);
    assertThat(triggers().getFirst()).isEqualTo("checksum");
    handler.checkFiles();
    assertThat(triggers()).hasSize(known + 1);

    Files.writeString(file, "scrape_configs: [{job_name: ''}]");
    handler.checkFiles();
    handler.checkFiles();
    assertThat(triggers()).as("a failed one is tried again").hasSize(known + 3);
    Files.delete(file);
    handler.checkFiles();
    assertThat(transactions.history().getFirst().error()).contains("no such file or directory");
    handler.interrupt(new ShutdownRequested("test"));
    running.get();
  }

  @Test
  void sumsFilesAsTheReferenceDoes() throws Exception {
    Files.createDirectory(folder.resolve("r"));
    Files.writeString(folder.resolve("r/x.yml"), "groups: []");
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    String all = Files.readString(file) + "r\0" + folder.resolve("r/x.yml") + "\0groups: []\0";
    assertThat(Checksum.of(file.toString()))
        .isEqualTo(HexFormat.of().formatHex(digest.digest(all.getBytes(StandardCharsets.UTF_8))));
  }

  @Test
  void loadsWhenTheStorageIsThere() throws Exception {
    CountDownLatch published = new CountDownLatch(1);
    InitialConfiguration actor =
        new InitialConfiguration(file.toString(), transactions, published::countDown);
    FutureTask<Void> running = start(actor);
    assertThat(transactions.current()).isNull();
    actor.storageArrived();
    assertThat(published.await(60, TimeUnit.SECONDS)).isTrue();
    assertThat(transactions.current().scrapeConfig("a")).isNotNull();
    actor.interrupt(new ShutdownRequested("test"));
    running.get();
  }

  @Test
  void stopsWhileItWaitsForTheStorage() throws Exception {
    InitialConfiguration actor = new InitialConfiguration(file.toString(), transactions, () -> {});
    FutureTask<Void> running = start(actor);
    actor.interrupt(new ShutdownRequested("test"));
    running.get();
    assertThat(transactions.current()).isNull();
  }

  @Test
  void endsTheProcessWith2ForABadFile() throws Exception {
    Files.writeString(file, "scrape_configs: [{job_name: a}, {job_name: a}]");
    InitialConfiguration actor = new InitialConfiguration(file.toString(), transactions, () -> {});
    assertThatThrownBy(() -> start(actor).get())
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOfSatisfying(ExitCodeException.class, e -> assertThat(e.exitCode()).isEqualTo(2))
        .hasMessageContaining("Error loading config (--config.file=" + file + "): parsing YAML")
        .hasMessageContaining("found multiple scrape configs with job name \"a\"");
  }

  @Test
  void failsPlainlyWhenTheFileGoesBadBeforeTheLoad() throws Exception {
    InitialConfiguration actor = new InitialConfiguration(file.toString(), transactions, () -> {});
    transactions.check();
    FutureTask<Void> running = start(actor);
    io.narthex.api.config.Reconfigurable refusing =
        new io.narthex.api.config.Reconfigurable() {
          @Override
          public String reconfigurableName() {
            return "scrape";
          }

          @Override
          public Prepared prepare(io.narthex.api.config.Configuration next)
              throws ConfigurationException {
            throw new ConfigurationException("no");
          }
        };
    transactions.moduleArrived(refusing, 0);
    actor.storageArrived();
    assertThatThrownBy(running::get)
        .cause()
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("error loading config from \"" + file + "\": one or more errors");
  }
}
