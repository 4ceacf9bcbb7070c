package io.sluice;

import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;
import reactor.blockhound.BlockHound;

/**
 * Guards against blocking calls wherever tests run, and not where they are only looked for: Maven's
 * own process does that to deal them out.
 */
public final class BlockHoundListener implements TestExecutionListener {
  @Override
  public void testPlanExecutionStarted(TestPlan plan) {
    BlockHound.install();
  }
}
