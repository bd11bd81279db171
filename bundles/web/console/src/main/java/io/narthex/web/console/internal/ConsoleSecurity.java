package io.narthex.web.console.internal;

import io.narthex.api.web.Users;
import io.narthex.api.web.WebServerView;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.apache.felix.webconsole.spi.SecurityProvider;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.servlet.context.ServletContextHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The console's security provider. The console has one of its own of the lowest rank, with a
 * password that everybody knows; the launcher sets that to one that nothing matches.
 */
@Component(
    immediate = true,
    configurationPid = ConsoleConfig.PID,
    service = SecurityProvider.class,
    property = SecurityProvider.PROPERTY_ID + "=" + ConsoleSecurity.ID)
@Designate(ocd = ConsoleConfig.class)
public final class ConsoleSecurity implements SecurityProvider {
  static final String ID = "narthex";
  private static final Logger log = LoggerFactory.getLogger(ConsoleSecurity.class);

  private final ConsoleGuard guard;
  private final CompletableFuture<@Nullable Void> passwordMade = new CompletableFuture<>();

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile @Nullable WebServerView server;

  @Activate
  public ConsoleSecurity(ConsoleConfig config, @Reference Users users) {
    PasswordFile file = new PasswordFile(Path.of(config.console_password$_$file()));
    guard =
        new ConsoleGuard(
            clients(config),
            config.console_enable$_$bundle$_$upload(),
            file,
            users,
            this::external);
    // Hashing is slow on purpose; nobody but the first visitor should wait for it.
    Thread.ofVirtual()
        .name("console password")
        .start(() -> {
          try {
            makePassword(file, users);
          } finally {
            passwordMade.complete(null);
          }
        });
  }

  private static Clients clients(ConsoleConfig config) {
    try {
      return new Clients(config.console_clients());
    } catch (IllegalArgumentException e) {
      log.atError()
          .addKeyValue("pid", ConsoleConfig.PID)
          .addKeyValue("err", e.getMessage())
          .log("console.clients is refused; only this machine's clients are let in");
      return new Clients("127.0.0.0/8", "::1/128");
    }
  }

  private static void makePassword(PasswordFile file, Users users) {
    try {
      String password = file.makeIfMissing(users::hash);
      if (password != null) {
        // A warning, so that it is seen at the usual levels: it is shown this once.
        log.atWarn()
            .addKeyValue("user", PasswordFile.USER)
            .addKeyValue("password", password)
            .addKeyValue("file", file)
            .log("A password was made for the web console at /system/console");
      }
    } catch (IOException | RuntimeException e) {
      log.atError()
          .addKeyValue("file", file)
          .setCause(e)
          .log("No password could be made for the web console, which lets nobody in");
    }
  }

  private @Nullable URI external() {
    WebServerView now = server;
    return now == null ? null : now.externalUrl();
  }

  @Deactivate
  void deactivate() {
    passwordMade.join();
  }

  @Override
  public @Nullable Object authenticate(HttpServletRequest request, HttpServletResponse response) {
    passwordMade.join();
    String user = guard.admit(request, response);
    if (user != null) {
      request.setAttribute(ServletContextHelper.REMOTE_USER, user);
      request.setAttribute(ServletContextHelper.AUTHENTICATION_TYPE, HttpServletRequest.BASIC_AUTH);
    }
    return user;
  }

  /** Whoever is let in is an administrator: the console has no lesser use. */
  @Override
  public boolean authorize(Object user, String role) {
    return true;
  }

  /** The console itself makes browsers forget a basic password. */
  @Override
  public void logout(HttpServletRequest request, HttpServletResponse response) {}
}
