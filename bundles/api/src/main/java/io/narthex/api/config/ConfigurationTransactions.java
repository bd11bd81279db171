package io.narthex.api.config;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Reloads, and what became of them. */
@ProviderType
public interface ConfigurationTransactions {

  /**
   * One attempt to change the configuration.
   *
   * @param trigger {@code start}, {@code SIGHUP}, {@code HTTP API}, {@code checksum}, {@code
   *     Configuration Admin}, {@code shell} …
   * @param error why it was refused, null if it was committed
   * @param difference changed lines of the effective YAML, secrets redacted; empty if nothing
   *     changed
   */
  record Transaction(
      Instant time,
      String trigger,
      boolean committed,
      @Nullable String error,
      Duration duration,
      List<String> difference) {}

  /**
   * Reads everything again and commits it, waiting for the end.
   *
   * @throws ConfigurationException if it was refused; then nothing has changed
   */
  void reload(String trigger) throws ConfigurationException;

  /** The newest first, bounded. */
  List<Transaction> history();

  /** The effective configuration as one YAML document that the reference accepts, redacted. */
  String effectiveYaml();

  /** As {@link #effectiveYaml}, with secrets; for export by people who may see them. */
  String exportYaml();
}
