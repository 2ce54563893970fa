package io.evenkeel.jenkins.results;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import io.evenkeel.jenkins.results.EvenkeelRunAction.KeptReport;
import java.time.Instant;
import jenkins.management.Badge;
import net.sf.json.JSONObject;
import org.htmlunit.html.DomNode;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class EvenkeelRunActionTest {

    @Nested
    class GivenReportedBuild {

        @Test
        void whenItsTabIsOpened_thenLabelsTimelineAndDiffAreThere(JenkinsRule jenkins) throws Exception {
            FreeStyleBuild build = reported(jenkins.createFreeStyleProject(), jenkins, 1);

            try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
                HtmlPage page = client.getPage(build, "evenkeel");

                assertThat(text(page, "//span[contains(@class,'evenkeel-label--known-flaky')]"))
                        .isEqualTo("known flaky");
                assertThat(text(page, "//span[@class='evenkeel-diff--removed']"))
                        .isEqualTo("-  await page.click('#buy');");
                assertThat(page.getByXPath("//*[local-name()='rect']")).hasSize(3);
            }
        }

        @Test
        void whenItsBadgeIsShown_thenItHasTheNumberThatMatters(JenkinsRule jenkins) throws Exception {
            FreeStyleProject job = jenkins.createFreeStyleProject();

            Badge failed = badge(reported(job, jenkins, 2));

            assertThat(failed.getText()).isEqualTo("2");
            assertThat(failed.getTooltip()).isEqualTo("2 failed");
            assertThat(badge(reported(job, jenkins, 0)).getText()).isEqualTo("1");
        }

        @Test
        void whenTheBuildIsOpened_thenItsSidePanelLeadsToTheTabWithTheBadge(JenkinsRule jenkins) throws Exception {
            FreeStyleBuild build = reported(jenkins.createFreeStyleProject(), jenkins, 3);

            try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
                HtmlPage page = client.getPage(build);

                assertThat(text(page, "//div[@id='tasks']//a[contains(@href,'/evenkeel')]"))
                        .contains("Playwright")
                        .contains("3");
            }
        }

        private static Badge badge(FreeStyleBuild build) {
            return build.getAction(EvenkeelRunAction.class).getBadge();
        }
    }

    @Nested
    class GivenTwoReportedBuilds {

        @Test
        void whenTheJobIsOpened_thenItsTrendHasBoth(JenkinsRule jenkins) throws Exception {
            FreeStyleProject job = jenkins.createFreeStyleProject();
            reported(job, jenkins, 1);
            assertThat(job.getAction(EvenkeelJobAction.class).isTrendVisible()).isFalse();

            reported(job, jenkins, 2);

            EvenkeelJobAction trend = job.getAction(EvenkeelJobAction.class);
            assertThat(trend.isTrendVisible()).isTrue();
            JSONObject model = JSONObject.fromObject(trend.getBuildTrendModel());
            assertThat(model.getJSONArray("buildNumbers").toArray()).containsExactly(1, 2);
            assertThat(model.getJSONArray("series")
                            .getJSONObject(0)
                            .getJSONArray("data")
                            .toArray())
                    .containsExactly(1, 2);
            try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
                assertThat(client.getPage(job).getByXPath("//div[@tool='evenkeel']"))
                        .hasSize(1);
            }
        }
    }

    @Nested
    class GivenQueue {

        @Test
        void whenAShareHasTakenFromIt_thenThoseLostBeforeAreServed(JenkinsRule jenkins) throws Exception {
            FreeStyleBuild build = jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject());
            EvenkeelRunAction action = EvenkeelRunAction.of(build, SuiteName.of(null));
            Instant before = Instant.now().minusSeconds(1);
            assertThat(action.isQueued()).isFalse();

            action.queue();
            assertThat(action.isQueueServedAfter(before)).isFalse();
            action.servedQueue();

            assertThat(action.isQueued()).isTrue();
            assertThat(action.isQueueServedAfter(before)).isTrue();
            assertThat(action.isQueueServedAfter(Instant.now().plusSeconds(1))).isFalse();
        }
    }

    private static String text(HtmlPage page, String path) {
        return page.getFirstByXPath(path) instanceof DomNode node ? node.getTextContent() : "";
    }

    private static FreeStyleBuild reported(FreeStyleProject job, JenkinsRule jenkins, int failed) throws Exception {
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);
        EvenkeelRunAction.of(build, SuiteName.of(null))
                .report(JSONObject.fromObject("""
                    {"v":1, "verdict":"failed", "sentence":"%1$d of 4 tests failed.", "exitCode":1, "discovered":4,
                     "counts":{"passed":3,"flaky":1,"failed":%1$d,"skipped":0}, "wallMs":61000, "missing":[],
                     "executors":[{"spool":"k_s1","shard":1,"plannedMs":2000,"busyMs":3000,"wallMs":4000,"workers":2,"tests":4,"end":"failed"}],
                     "tests":[{"id":"c","project":"","file":"pay.spec.ts","line":1,"titles":["pays"],"verdict":"failed","label":"known flaky","evidence":"failed 4 of 30","attempts":1,"error":"Error"}],
                     "heals":[{"id":"d","file":"pay.spec.ts","line":5,"originalSelector":"#buy","healedSelector":"#pay","confidence":0.93,"tier":"auto","success":true,
                               "reason":"same role","patch":"--- a/pay.spec.ts\\n+++ b/pay.spec.ts\\n-  await page.click('#buy');\\n+  await page.click('#pay');\\n"}]}
                    """.formatted(failed)), KeptReport.NO);
        return build;
    }
}
