"""The report as a page of a council's site: with menus, a notice on cookies, related pages and a foot round it."""

from content import BODY, MEETING, TITLE
from page import DATE, Html

CHROME_BEFORE = f"""<a class="skip-link" href="#main">Skip to the content</a>
<div class="cookie-banner" role="region" aria-label="Cookies"><h2>Cookies on this site</h2>
<p>We use 4 cookies that are needed and up to 12 that are not.</p><button>Accept all 16</button></div>
<header class="site-header"><a href="/">{BODY}</a>
<form role="search"><label for="q">Search 2,300 pages</label><input id="q" value="bins"><button>Search</button></form></header>
<nav aria-label="Breadcrumb"><ol><li><a href="/">Home</a></li><li><a href="/council">Council</a></li><li>Reports</li></ol></nav>
<main id="main"><article>"""
CHROME_AFTER = f"""<p hidden>Draft 3 of 27 May: 1,290 complaints.</p>
</article>
<aside class="related"><h2>Related pages</h2><ul><li><a href="/2022">Annual complaints report 2022/23: 1,176 complaints</a></li></ul></aside>
</main>
<footer><p>Was this page of use? 41 of 52 said yes.</p><p>{BODY}, Town Hall, Quayside. Telephone 01632 960123.</p></footer>
<script>var complaints = 1300;</script>"""


class Site(Html):
    def __init__(self):
        super().__init__("web")
        self.page = "\n".join(
            [
                "<!DOCTYPE html>",
                '<html lang="en-GB"><head><meta charset="utf-8">',
                f"<title>{TITLE}</title>",
                f'<meta name="author" content="{BODY}"><meta name="dcterms.created" content="{DATE}">',
                "<style>.pair { display: flex }</style></head>",
                '<body class="has-sidebar">',
                CHROME_BEFORE,
                f"<h1>{TITLE}</h1>",
                f'<p class="meeting">{BODY}<br>{MEETING}</p>',
                *self.out,
                CHROME_AFTER,
                "</body></html>",
                "",
            ]
        )
