package io.narthex.config.internal;

import io.narthex.api.config.ConfigurationException;
import io.narthex.api.config.ConfigurationTransactions;
import io.narthex.api.config.StorageConfig;
import io.narthex.config.internal.read.ConfigurationReader;
import io.narthex.config.internal.read.ReaderOptions;
import io.narthex.config.internal.transaction.Transactions;
import io.narthex.config.internal.transaction.WorkerThread;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Owns the transactions.
 *
 * <p>It refers to no module, provider or entry itself, other components tell it of them: modules
 * may need its services, and a circle of references would keep them from starting.
 */
@Component(
    configurationPid = ConfigSettings.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    service = {ConfigurationTransactions.class, ConfigurationComponent.class})
@Designate(ocd = ConfigSettings.class)
public final class ConfigurationComponent implements ConfigurationTransactions {

  /** What the reference keeps where neither flags nor file say anything. */
  private static final long DEFAULT_RETENTION = 15 * 24 * 3_600_000L;

  private final ConfigSettings settings;
  private final Providers providers = new Providers();
  private final WorkerThread worker = new WorkerThread();
  private final Transactions transactions;

  @Activate
  public ConfigurationComponent(ConfigSettings settings) {
    this.settings = settings;
    ReaderOptions options =
        new ReaderOptions(
            settings.mode().equals("agent"),
            Set.of(settings.enable$_$feature()),
            retention(settings),
            System::getenv);
    transactions =
        new Transactions(
            settings.config_file(),
            overlay ->
                new ConfigurationReader(options, providers.kinds())
                    .read(settings.config_file(), overlay),
            worker,
            InstantSource.system(),
            System::nanoTime);
  }

  private static StorageConfig.Retention retention(ConfigSettings settings) {
    long time = settings.storage_tsdb_retention_time();
    long size = settings.storage_tsdb_retention_size();
    return new StorageConfig.Retention(time == 0 && size == 0 ? DEFAULT_RETENTION : time, size, 0);
  }

  @Deactivate
  void deactivate() {
    worker.close();
  }

  ConfigSettings settings() {
    return settings;
  }

  /** The folder of the configuration file. */
  Path directory() {
    return Objects.requireNonNullElse(Path.of(settings.config_file()).getParent(), Path.of(""));
  }

  Providers providers() {
    return providers;
  }

  Transactions transactions() {
    return transactions;
  }

  boolean isAutoReload() {
    return settings.config_auto$_$reload()
        || List.of(settings.enable$_$feature()).contains("auto-reload-config");
  }

  @Override
  public void reload(String trigger) throws ConfigurationException {
    transactions.reload(trigger);
  }

  @Override
  public List<Transaction> history() {
    return transactions.history();
  }

  @Override
  public String effectiveYaml() {
    return transactions.effectiveYaml();
  }

  @Override
  public String exportYaml() {
    return transactions.exportYaml();
  }
}
