package io.narthex.web.server.internal;

import io.narthex.api.web.Users;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;

/** Offers the users of the web configuration file, and the file itself, to the web server. */
@Component(
    service = {Users.class, UserDirectory.class},
    configurationPid = "io.narthex.web",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class UserDirectory implements Users {

  private final WebConfigFile file;
  private final UserStore store;

  @Activate
  public UserDirectory(WebServerConfig config) {
    file = new WebConfigFile(config.web_config_file());
    store = new UserStore(file, System::nanoTime);
  }

  WebConfigFile file() {
    return file;
  }

  @Override
  public boolean required() {
    return store.required();
  }

  @Override
  public Verdict check(String user, String password, String address) {
    return store.check(user, password, address);
  }

  @Override
  public Verdict checkHash(String bcryptHash, String password, String address) {
    return store.checkHash(bcryptHash, password, address);
  }

  @Override
  public String hash(String password) {
    return store.hash(password);
  }
}
