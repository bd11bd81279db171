package io.narthex.web.server.internal;

import io.narthex.api.config.ConfigurationException;
import io.narthex.api.lifecycle.Actor;
import io.narthex.api.lifecycle.Readiness;
import io.narthex.api.lifecycle.RunGroup;
import io.narthex.api.lifecycle.Stage;
import io.narthex.api.telemetry.Metrics;
import io.narthex.api.web.WebServerView;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The actor {@code web handler}: serves until it is interrupted. */
@Component(
    reference = @Reference(name = "runGroup", service = RunGroup.class),
    service = {Actor.class, WebServerView.class},
    configurationPid = "io.narthex.web",
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    property = {Actor.NAME + "=web handler", Actor.STAGE + ":Integer=" + Stage.WEB})
@Designate(ocd = WebServerConfig.class)
public final class WebHandler implements Actor, WebServerView {

  private static final Logger log = LoggerFactory.getLogger(WebHandler.class);

  /** The reference's limit on a form's body. */
  private static final int MAX_FORM_BYTES = 10 << 20;

  private final WebSettings settings;
  private final UserDirectory users;
  private final Metrics metrics;
  private final BundleContext bundle;
  private final CountDownLatch interrupted = new CountDownLatch(1);

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile @Nullable Readiness readiness;

  private volatile List<InetSocketAddress> listening = List.of();
  private volatile boolean secure;

  @Activate
  public WebHandler(
      WebServerConfig config,
      @Reference UserDirectory users,
      @Reference Metrics metrics,
      BundleContext bundle) {
    this.settings = WebSettings.of(config);
    this.users = users;
    this.metrics = metrics;
    this.bundle = bundle;
  }

  /**
   * {@inheritDoc}
   *
   * <p>What can't be bound or read ends a process that starts. On a server that was ready it is a
   * change of the entry that went wrong: then there are no listeners until the next change, and
   * everything else goes on.
   */
  @Override
  public void execute() throws Exception {
    try {
      serve();
    } catch (IOException | ConfigurationException e) {
      Readiness r = readiness;
      if (r == null || r.state() != Readiness.State.READY) {
        throw e;
      }
      log.atError().setCause(e).log("No web server with these settings: change io.narthex.web");
      interrupted.await();
    }
  }

  private void serve() throws Exception {
    try (Listeners bound = Listeners.bind(settings.listenAddresses())) {
      listening = bound.addresses();
      ServletWhiteboard whiteboard =
          new ServletWhiteboard(bundle, settings.routePrefix(), MAX_FORM_BYTES);
      WebServer server =
          new WebServer(
              settings, bound, users.file(), users, whiteboard, metrics, System::nanoTime);
      secure = server.secure();
      server.start();
      try {
        interrupted.await();
      } finally {
        server.stop();
      }
    } finally {
      listening = List.of();
    }
  }

  @Override
  public void interrupt(Throwable cause) {
    interrupted.countDown();
  }

  @Override
  public URI externalUrl() {
    return settings.externalUrl();
  }

  @Override
  public String routePrefix() {
    return settings.routePrefix();
  }

  @Override
  public List<InetSocketAddress> listening() {
    return listening;
  }

  @Override
  public boolean secure() {
    return secure;
  }

  @Override
  public String pageTitle() {
    return settings.pageTitle();
  }

  @Override
  public String corsOrigin() {
    return settings.corsOrigin();
  }

  @Override
  public boolean lifecycleEnabled() {
    return settings.lifecycleEnabled();
  }

  @Override
  public boolean agent() {
    return settings.agent();
  }
}
