# ruff: noqa: E501  (tables of markup)
"""Pages that are no articles, generated: invented words in the shapes that real sites use."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple


class Case(NamedTuple):
    name: str
    reasons: set[str]
    html: str
    url: str = "https://www.example.org/2024/05/some-article-that-was-asked-for"


def page(title: str, body: str, head: str = "", lang: str = "en") -> str:
    return f'<!DOCTYPE html><html lang="{lang}"><head><title>{title}</title>{head}</head><body>{body}</body></html>'


def menu(lang: str) -> str:
    words = MENUS.get(lang, MENUS["en"])
    links = "".join(f'<li><a href="/{i}">{word}</a></li>' for i, word in enumerate(words))
    return f"<nav><ul>{links}</ul></nav>"


MENUS = {
    "en": ["Home", "Politics", "Sport", "Culture", "Weather"],
    "de": ["Start", "Politik", "Sport", "Kultur", "Wetter"],
    "fr": ["Accueil", "Politique", "Sport", "Culture", "Météo"],
    "es": ["Portada", "Política", "Deportes", "Cultura", "El tiempo"],
}
FOOTER = "<footer><p>© The Example Times</p><a href='/imprint'>Imprint</a> <a href='/privacy'>Privacy</a></footer>"

# fmt: off
BLOCKS = [
    ("Just a moment...", "<h1>www.example.org</h1><p>Verifying you are human. This may take a few seconds.</p><p>www.example.org needs to review the security of your connection before proceeding.</p><script src='/cdn-cgi/challenge-platform/h/b/orchestrate'></script>"),
    ("Attention Required! | Shield", "<h1>Sorry, you have been blocked</h1><h2>You are unable to access example.org</h2><h2>Why have I been blocked?</h2><p>This website is using a security service to protect itself from online attacks. The action you just performed triggered the security solution.</p><p>Ray ID: 7f00aa</p>"),
    ("Access Denied", "<h1>Access Denied</h1><p>You don't have permission to access \"http://www.example.org/\" on this server.</p><p>Reference #18.aa.bb</p>"),
    ("example.org", "<iframe src='https://geo.captcha-delivery.com/captcha/?x=1' title='Captcha'></iframe><script>var dd={'cid':'1'}</script>"),
    ("Access to this page has been denied", "<div id='px-captcha'></div><p>Press &amp; Hold to confirm you are a human (and not a bot).</p>"),
    ("Pardon Our Interruption", "<h1>Pardon Our Interruption...</h1><p>As you were browsing something about your browser made us think you were a bot. There are a few reasons this might happen:</p><ul><li>You're a power user moving through this website with super-human speed.</li><li>You've disabled cookies in your web browser.</li></ul>"),
    ("", "<iframe src='//content.example/_Incapsula_Resource?CWUDNSAI=9'>Request unsuccessful. Incapsula incident ID: 12-34</iframe>"),
    ("DDoS-Guard", "<h1>Checking your browser before accessing example.org</h1><p>Please wait a few seconds. DDoS protection by Guard.</p>"),
    ("403 Forbidden", "<center><h1>403 Forbidden</h1></center><hr><center>nginx</center>"),
    ("Human Verification", "<h1>Let's confirm you are human</h1><p>Complete the security check before continuing. This step verifies that you are not a bot.</p><div class='aws-waf-captcha'></div>"),
    ("Security Checkpoint", "<p>We're verifying your browser</p><p>Enable JavaScript and cookies to continue</p>"),
    ("Sorry...", "<p>Our systems have detected unusual traffic from your computer network. Please try your request again later.</p><form action='/captcha-form'></form>"),
    ("Robot Check", "<h4>Enter the characters you see below</h4><p>Sorry, we just need to make sure you're not a robot. For best results, please make sure your browser is accepting cookies.</p>"),
    ("429 Too Many Requests", "<h1>Too Many Requests</h1><p>Your access to this site has been limited.</p>"),
    ("Einen Moment, bitte", "<h1>Einen Moment</h1><p>Bitte bestätigen Sie, dass Sie ein Mensch sind.</p><div class='cf-turnstile'></div>"),
    ("Un instant", "<h1>Un instant…</h1><p>Nous devons vérifier que vous n'êtes pas un robot avant de continuer.</p><div class='h-captcha'></div>"),
    ("Un momento", "<p>Verifica que eres humano para seguir.</p><div class='g-recaptcha'></div>"),
    ("Доступ ограничен", "<h1>Доступ ограничен</h1><p>Подтвердите, что вы не робот.</p>"),
    ("アクセスが拒否されました", "<h1>アクセスが拒否されました</h1><p>ロボットではないことを確認してください。</p>"),
    ("安全验证", "<p>请完成验证后继续访问。</p>"),
    ("Zugriff verweigert", "<h1>Zugriff verweigert</h1><p>Ihre Anfrage wurde aus Sicherheitsgründen abgelehnt.</p>"),
    ("Odmowa dostępu", "<h1>Odmowa dostępu</h1><p>Potwierdź, że nie jesteś robotem.</p>"),
]

CONSENT = [
    ("en", "We value your privacy", "We and our partners store and/or access information on a device, such as cookies, and process personal data. With your consent we may use precise data about your location.", "Accept all cookies"),
    ("en", "Before you continue", "We use cookies and data to deliver our services. If you agree, we will also show personalised advertising.", "Accept and continue"),
    ("de", "Ihre Zustimmung", "Wir und unsere Partner speichern Informationen auf einem Gerät. Mit Werbung und Cookies lesen Sie kostenlos, oder werbefrei lesen im Pur-Abo.", "Zustimmen und weiter"),
    ("de", "Mit Werbung weiterlesen", "Besuchen Sie uns wie gewohnt mit Werbung und Cookies. Details in der Erklärung. Oder im Pur-Abo ohne Werbung.", "Alle akzeptieren"),
    ("fr", "Gestion des cookies", "Avec nos partenaires, nous utilisons des traceurs pour mesurer l'audience. Vous pouvez continuer sans accepter.", "Tout accepter"),
    ("es", "Tu privacidad: consentimiento", "Nosotros y nuestros socios guardamos datos en tu dispositivo para mostrar anuncios.", "Aceptar y continuar"),
    ("it", "Il tuo consenso", "Noi e i nostri partner archiviamo informazioni su un dispositivo per annunci personalizzati.", "Accetta e continua"),
    ("pt", "O seu consentimento", "Nós e os nossos parceiros guardamos informações no dispositivo.", "Aceitar tudo"),
    ("nl", "Privacy-instellingen", "Wij en onze partners slaan gegevens op je apparaat op om advertenties te tonen.", "Akkoord en doorgaan"),
    ("pl", "Ustawienia prywatności", "My i nasi partnerzy przechowujemy informacje na urządzeniu w celu wyświetlania reklam.", "Akceptuję i przechodzę dalej"),
    ("sv", "Ditt samtycke", "Vi och våra partner lagrar information på din enhet.", "Godkänn alla"),
    ("tr", "Çerez ayarları", "Biz ve ortaklarımız cihazınızda bilgi saklıyoruz.", "Tümünü kabul et"),
]

MISSING = [
    ("en", "Page not found", "Sorry, the page you are looking for has been moved or does not exist."),
    ("en", "404", "The page you requested could not be found."),
    ("en", "Oops! Article not found", "The story you are looking for may have been removed."),
    ("en", "This page isn't available", "It may have been removed, or you may have followed a broken link."),
    ("de", "Seite nicht gefunden", "Die gewünschte Seite gibt es nicht mehr. Versuchen Sie es über die Suche."),
    ("de", "Artikel nicht mehr verfügbar", "Dieser Artikel ist leider nicht mehr abrufbar."),
    ("fr", "Page introuvable", "La page que vous cherchez n'est plus disponible."),
    ("fr", "Erreur 404", "La page demandée a été déplacée ou supprimée."),
    ("es", "Página no encontrada", "La página que buscas ya no existe."),
    ("it", "Pagina non trovata", "La pagina che stai cercando è stata spostata."),
    ("pt", "Página não encontrada", "A página que você procura foi removida."),
    ("nl", "Pagina niet gevonden", "De pagina die je zoekt bestaat niet meer."),
    ("pl", "Strona nie istnieje", "Strona, której szukasz, została usunięta."),
    ("sv", "Sidan hittades inte", "Sidan du söker har flyttats."),
    ("no", "Fant ikke siden", "Siden du leter etter finnes ikke lenger."),
    ("da", "Siden blev ikke fundet", "Siden du leder efter findes ikke."),
    ("fi", "Sivua ei löytynyt", "Etsimäsi sivu on poistettu."),
    ("cs", "Stránka nenalezena", "Stránka, kterou hledáte, byla odstraněna."),
    ("hu", "A keresett oldal nem található", "Kérjük, használja a keresőt."),
    ("ro", "Pagina nu a fost găsită", "Pagina căutată nu mai există."),
    ("ru", "Страница не найдена", "Запрашиваемая страница удалена."),
    ("uk", "Сторінку не знайдено", "Можливо, її видалили."),
    ("el", "Η σελίδα δεν βρέθηκε", "Η σελίδα που ζητήσατε δεν υπάρχει."),
    ("tr", "Sayfa bulunamadı", "Aradığınız sayfa kaldırılmış."),
    ("ja", "ページが見つかりません", "お探しのページは移動または削除されました。"),
    ("zh", "页面不存在", "您访问的页面已被删除。"),
    ("ko", "페이지를 찾을 수 없습니다", "요청하신 페이지가 삭제되었습니다."),
    ("id", "Halaman tidak ditemukan", "Halaman yang Anda cari sudah dihapus."),
]

SECTIONS = [
    ("en", "Politics", "Council agrees on a plan for the old harbour after talks", "The plan is to be built in three steps."),
    ("de", "Wirtschaft", "Stadtrat einigt sich nach langen Gesprächen auf neuen Hafen", "Der Plan soll in drei Schritten gebaut werden."),
    ("fr", "Culture", "La ville trouve un accord sur le vieux port après des mois", "Le projet sera construit en trois étapes."),
    ("es", "Deportes", "El ayuntamiento acuerda un plan para el puerto viejo de la ciudad", "El plan se hará en tres fases."),
    ("it", "Cronaca", "Il comune trova un accordo sul vecchio porto della città", "Il piano sarà realizzato in tre fasi."),
    ("pt", "Mundo", "Câmara chega a acordo sobre o porto velho da cidade", "O plano será feito em três fases."),
    ("nl", "Binnenland", "Gemeenteraad wordt het eens over plan voor de oude haven", "Het plan wordt in drie stappen gebouwd."),
    ("pl", "Kraj", "Rada miasta zgodziła się na plan dla starego portu", "Plan powstanie w trzech etapach."),
    ("sv", "Ekonomi", "Kommunen enas om en plan för den gamla hamnen", "Planen ska byggas i tre steg."),
    ("ru", "Политика", "Горсовет принял план для старого порта после долгих споров", "План построят в три этапа."),
    ("el", "Κόσμος", "Ο δήμος συμφώνησε σε σχέδιο για το παλιό λιμάνι της πόλης", "Το σχέδιο θα γίνει σε τρία στάδια."),
    ("ja", "政治", "市議会が古い港の新しい計画について合意したと発表", "計画は三段階で進められる。"),
]


def teasers(headline: str, summary: str, count: int, form: str) -> str:
    out = []
    for i in range(count):
        link = f'<a href="/2024/{i}/{i}-x">{headline} {i}</a>'
        if form == "article":
            out.append(f"<article><h3>{link}</h3><p>{summary}</p><time>May {i + 1}</time></article>")
        elif form == "list":
            out.append(f"<li>{link}</li>")
        else:
            out.append(f"<div class='row'><h2>{link}</h2></div>")
    return f"<ul>{''.join(out)}</ul>" if form == "list" else "".join(out)


GALLERIES = [("en", "Pictures of the week"), ("de", "Bilder der Woche"), ("fr", "Les photos de la semaine"), ("es", "Las fotos de la semana"),
             ("it", "Le foto della settimana"), ("pl", "Zdjęcia tygodnia"), ("nl", "Foto's van de week"), ("pt", "Fotos da semana")]
STUBS = [("en", "More to follow.", "Bridge closed"), ("de", "Mehr in Kürze.", "Brücke gesperrt"), ("fr", "Plus d'informations à venir.", "Le pont est fermé"),
         ("es", "Habrá ampliación.", "Puente cerrado"), ("it", "Segue.", "Ponte chiuso"), ("ru", "Новость дополняется.", "Мост закрыт"), ("en", "", "Bridge closed")]
LOGINS = [("en", "Log in", "Password"), ("de", "Anmelden", "Passwort"), ("fr", "Se connecter", "Mot de passe"), ("es", "Iniciar sesión", "Contraseña"),
          ("nl", "Inloggen", "Wachtwoord"), ("pl", "Zaloguj się", "Hasło")]
SEARCHES = [("en", "Search results for harbour"), ("de", "Suchergebnisse für Hafen"), ("fr", "Résultats de recherche"), ("es", "Resultados de búsqueda")]


def cases() -> Iterator[Case]:
    for number, (title, body) in enumerate(BLOCKS):
        yield Case(f"block-{number}", {"block_page"}, page(title, body))
    for number, (lang, title, text, button) in enumerate(CONSENT):
        body = f"<div class='cmp'><h1>{title}</h1><p>{text}</p><button>{button}</button><a href='/more'>i</a></div>"
        yield Case(f"consent-{lang}-{number}", {"consent_wall"}, page(title, body, lang=lang))
    for number, (lang, title, text) in enumerate(MISSING):
        bare = f"<h1>{title}</h1><p>{text}</p>"
        yield Case(f"missing-{lang}-{number}", {"soft_404"}, page(f"{title} | The Example Times", bare, lang=lang))
        if number % 2 == 0:
            section = SECTIONS[number // 2 % len(SECTIONS)]
            around = menu(lang) + f"<main>{bare}</main>" + teasers(section[2], "", 8, "list") + FOOTER
            yield Case(
                f"missing-{lang}-{number}-with-site",
                {"soft_404"},
                page(f"{title} - The Example Times", around, lang=lang),
            )
    for number, (lang, name, headline, summary) in enumerate(SECTIONS):
        form = ("article", "list", "row")[number % 3]
        body = menu(lang) + f"<main><h1>{name}</h1>{teasers(headline, summary, 24, form)}</main>" + FOOTER
        yield Case(
            f"section-{lang}-{form}",
            {"section_front"},
            page(f"{name} | The Example Times", body, lang=lang),
            f"https://www.example.org/{number}/",
        )
        if number % 2:
            yield Case(
                f"home-{lang}",
                {"section_front"},
                page("The Example Times", body.replace("<h1>", "<h2>").replace("</h1>", "</h2>"), lang=lang),
                "https://www.example.org/",
            )
        if number % 3 == 0:
            head = '<script type="application/ld+json">{"@type": "CollectionPage", "name": "x"}</script>'
            yield Case(
                f"tag-{lang}",
                {"section_front"},
                page(f"{headline} - The Example Times", body, head, lang),
                f"https://www.example.org/tag/{number}",
            )
    for lang, title in GALLERIES:
        pictures = "".join(
            f"<figure><img src='/p{i}.jpg' alt=''><figcaption>{i} / 12</figcaption></figure>" for i in range(12)
        )
        yield Case(
            f"gallery-{lang}",
            {"gallery"},
            page(title, menu(lang) + f"<main><h1>{title}</h1>{pictures}</main>", lang=lang),
        )
    for number, (lang, text, title) in enumerate(STUBS):
        yield Case(
            f"stub-{lang}-{number}",
            {"stub", "empty"},
            page(title, menu(lang) + f"<main><h1>{title}</h1><p>{text}</p></main>" + FOOTER, lang=lang),
        )
    for lang, title, password in LOGINS:
        body = (
            menu(lang)
            + f"<h1>{title}</h1><form><label>E-mail <input type='email'></label><label>{password} <input type='password'></label><button>{title}</button></form>"
            + FOOTER
        )
        yield Case(f"login-{lang}", {"login", "stub"}, page(f"{title} - The Example Times", body, lang=lang))
    for number, (lang, title) in enumerate(SEARCHES):
        section = SECTIONS[number]
        yield Case(
            f"search-{lang}",
            {"search_results", "section_front"},
            page(title, menu(lang) + f"<h1>{title}</h1>" + teasers(section[2], section[3], 10, "article"), lang=lang),
            "https://www.example.org/search?q=x",
        )
    video = '<script type="application/ld+json">{"@type": "VideoObject", "name": "Harbour"}</script>'
    yield Case(
        "video",
        {"video"},
        page(
            "Harbour plan explained",
            "<h1>Harbour plan explained in a video</h1><video></video><p>Our reporter stands at the harbour and explains the plan in two minutes.</p>",
            video,
        ),
    )
    for name, html in [("no-bytes", ""), ("bare-html", "<html></html>"), ("script-only", page("", "<script>app()</script><div id='root'></div>")), ("spinner", page("The Example Times", "<div class='spinner'>Loading…</div>")), ("spaces", "   \n\n ")]:
        yield Case(f"empty-{name}", {"empty", "stub"}, html)
