package io.sluice.cli.option;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which addresses of databases give a secret away to whoever lists processes. */
final class JdbcUrlTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://db/sluice?password=hunter2",
        "jdbc:postgresql://db/sluice?ssl=true&PassWord=hunter2",
        "jdbc:postgresql://db/sluice?sslpassword=hunter2",
        "jdbc:postgresql://db/sluice?passwd=hunter2",
        "jdbc:postgresql://db/sluice?pwd=hunter2",
        "jdbc:postgresql://db/sluice?pass=hunter2",
        "jdbc:postgresql://db/sluice?access_token=hunter2",
        "jdbc:postgresql://db/sluice?client-secret=hunter2",
        "jdbc:postgresql://db/sluice?p%61ssword=hunter2",
        "jdbc:postgresql://db/sluice?%70%61%73%73%77%6f%72%64=hunter2",
        "jdbc:postgresql://db/sluice?p%2561ssword=hunter2",
        "jdbc:postgresql://db/sluice?password%3Dhunter2",
        "jdbc:postgresql://db/sluice%3Fpassword=hunter2",
        "jdbc:postgresql://db/sluice?pass+word=hunter2",
        "jdbc:postgresql://anna:hunter2@db/sluice",
        "jdbc:postgresql://anna:hunter2@db:5432/sluice?ssl=true",
        "jdbc:postgresql://anna:hun/ter2@db/sluice",
        "jdbc:postgresql://anna:hun?ter2@db/sluice",
        "jdbc:postgresql://anna%3Ahunter2%40db/sluice",
        "jdbc:postgresql://anna:hun%ter2@db/sluice"
      })
  void secretsAreFoundHoweverTheyAreSpelled(String url) {
    assertThat(JdbcUrl.holdsSecret(url)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://db/sluice",
        "jdbc:postgresql://db.example.com:5432/sluice?sslmode=verify-full&sslrootcert=/etc/ca.pem",
        "jdbc:postgresql://[2001:db8::1]:5432/sluice?ApplicationName=sluice%20one",
        "jdbc:postgresql://a:5432,b:5432/sluice?targetServerType=primary",
        "jdbc:postgresql://db/sluice?passfile=/run/pgpass",
        "jdbc:postgresql://db/sluice?sslpasswordcallback=com.example.Callback",
        "jdbc:postgresql://db/sluice?options=-c%20statement_timeout=5s"
      })
  void whatHoldsNoneIsLetPass(String url) {
    assertThat(JdbcUrl.holdsSecret(url)).isFalse();
  }
}
