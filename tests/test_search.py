"""The search, in Chromium, over the site as readers get it: the first results for what people type."""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from lxml import html as parser
from playwright.sync_api import expect
from tool_page import violations

from rls_site.publish import search

LOOK = """queries => {
  const input = document.querySelector("dialog.search input");
  return queries.map((query) => {
    input.value = query;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    return [...document.querySelectorAll("dialog.search .search__list a")].map((link) => link.href);
  });
}"""
"""Types each query into the open search and returns the links shown."""


@dataclass(frozen=True)
class Success:
    """How well queries were answered: the share right first, right in the first three, the mean reciprocal rank."""

    at_one: float
    at_three: float
    rank: float
    empty: tuple[str, ...]
    wrong: tuple[str, ...]


def measure(rows: list[dict], links: list[list[str]], base: str) -> Success:
    """Compare the links shown with the right addresses; one without ``#`` stands for the page and all its parts."""
    ranks, wrong = [], []
    for row, shown in zip(rows, links, strict=True):
        places = [link.removeprefix(base) for link in shown]
        right = [
            number
            for number, place in enumerate(places, 1)
            if any(place == address or ("#" not in address and place.split("#")[0] == address) for address in row["right"])
        ]
        ranks.append(right[0] if right else 0)
        if ranks[-1] != 1:
            wrong.append(f"{row['query']}: right at {ranks[-1] or 'no place'}, first {places[:1]}")
    count = len(rows)
    return Success(
        sum(rank == 1 for rank in ranks) / count,
        sum(0 < rank <= 3 for rank in ranks) / count,
        sum(1 / rank for rank in ranks if rank) / count,
        tuple(row["query"] for row, shown in zip(rows, links) if not shown),
        tuple(wrong),
    )


@pytest.fixture(scope="module")
def rows(root) -> list[dict]:
    """The queries with their right addresses."""
    return yaml.safe_load((root / "tests/data/search.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def page(browser, server):
    """One page for all tests of the search: it keeps nothing but the words in its field."""
    context = browser.new_context(service_workers="block", viewport={"width": 360, "height": 740})
    yield context.new_page()
    context.close()


@pytest.fixture
def opened(page, server):
    """The page with the search open, ready and empty."""
    if page.url != server + "massage/":
        page.goto(server + "massage/")
    if not page.locator("dialog.search[open]").count():
        page.locator("[data-search]").click()
    page.fill("dialog.search input", "")
    page.wait_for_selector("dialog.search .search__doors a")
    return page


def test_measure_counts_parts_of_a_page():
    rows = [{"query": "a", "right": ["x/"]}, {"query": "b", "right": ["x/#p"]}, {"query": "c", "right": ["y/"]}, {"query": "d", "right": ["z/"]}]
    links = [["s/x/#part"], ["s/x/", "s/x/#p"], ["s/1/", "s/2/", "s/3/", "s/y/"], []]
    assert measure(rows, links, "s/") == Success(
        0.25, 0.5, (1 + 1 / 2 + 1 / 4) / 4, ("d",),
        ("b: right at 2, first ['x/']", "c: right at 4, first ['1/']", "d: right at no place, first []"),
    )  # fmt: skip


def test_queries_lead_to_the_right_pages(opened, rows, server, capsys):
    assert len(rows) >= 160
    success = measure(rows, opened.evaluate(LOOK, [row["query"] for row in rows]), server)
    with capsys.disabled():
        print(f"\n{len(rows)} queries: right first {success.at_one:.3f}, in the first three {success.at_three:.3f}, mean reciprocal rank {success.rank:.3f}")
        for line in success.wrong:
            print(f"  {line}")
    assert success.empty == ()
    assert success.at_one >= 0.80
    assert success.at_three >= 0.95


def test_every_target_exists(project, site_folder):
    from lxml import html as parser

    data = search.index(project)
    ids: dict[str, set] = {}
    missing = []
    for page, anchor, *_ in data["targets"]:
        address = data["pages"][page]
        if address not in ids:
            tree = parser.document_fromstring((site_folder / address / "index.html").read_bytes().decode("utf-8"))
            ids[address] = {element.get("id") for element in tree.iter() if element.get("id")}
        if anchor and anchor not in ids[address]:
            missing.append(f"{address}#{anchor}")
    assert missing == []


def test_every_article_can_be_found(project):
    data = search.index(project)
    assert sorted(data["pages"]) == sorted(
        article.address for path, article in project.articles.items() if not article.meta.get("withdrawn") and path != search.EDITORS
    )


def test_index_is_small(site_folder):
    file = next(site_folder.glob("javascripts-*/search-index.json"))
    assert len(gzip.compress(file.read_bytes(), 9)) <= 120_000


def test_what_is_packed_is_unpacked_the_same(page, server, site_folder):
    """The words of the index are packed in Python and read in the browser."""
    lists = [[], [(0, 1)], [(1, 3), (5, 2)], [(0, 9), (1, 1), (2, 4)], [(36, 5), (37, 6), (1400, 7)], [(n, n % 9 + 1) for n in range(0, 3000, 7)]]
    module = server + next(site_folder.glob("javascripts-*/find.js")).relative_to(site_folder).as_posix()
    page.goto(server + "massage/")
    script = "async ([module, texts]) => { const { unpack } = await import(module); return texts.map((text) => unpack(text)); }"
    read = page.evaluate(script, [module, [search._packed(entries) for entries in lists]])
    assert read == [[number for entry in entries for number in entry] for entries in lists]


def test_nothing_of_the_search_is_loaded_before_it_is_opened(browser, server):
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(Path(request.url).name))
    page.goto(server + "massage/", wait_until="networkidle")
    assert not {"search-index.json", "search.js", "find.js", "search.css"} & set(asked)
    page.locator("[data-search]").click()
    page.wait_for_selector("dialog.search .search__doors a")
    assert {"search-index.json", "search.js", "find.js", "search.css"} <= set(asked)
    context.close()


def test_results_show_the_answer_the_certainty_and_the_section(opened, server):
    opened.fill("dialog.search input", "can I use a leg massager while pregnant")
    first = opened.locator(".search__list li").first
    assert first.locator("a").get_attribute("href").endswith("questions/pregnancy/#massager-pregnant")
    assert first.locator(".search__page").inner_text() == "Restless legs in pregnancy, your questions"
    assert len(first.locator("p").nth(1).inner_text()) > 40
    opened.fill("dialog.search input", "lavender oil makes leg massage work better")
    shown = opened.locator(".search__list li", has=opened.locator("a[href$='claims/#lavender-oil-is-best']"))
    assert shown.locator(".search__sure").inner_text() == "Not proven. Certainty: very low"


def test_no_result_offers_the_doors_and_the_doctor(opened, server):
    opened.fill("dialog.search input", "qqqqxxxx")
    assert opened.locator(".search__list").count() == 0
    assert "Nothing found for “qqqqxxxx”" in opened.locator(".search__none").inner_text()
    doors = [link.get_attribute("href") for link in opened.locator(".search__doors a").all()]
    assert len(doors) == 12 and f"{server}tonight/" in doors
    assert [link.get_attribute("href") for link in opened.locator(".search__doctor a").all()] == [
        f"{server}tonight/safety-check/", f"{server}restless-legs/see-a-doctor/",
    ]  # fmt: skip
    assert "do not rub, squeeze or heat either leg" in opened.locator(".search__doctor").inner_text()


FIRST = """queries => {
  const input = document.querySelector("dialog.search input");
  return queries.map((query) => {
    input.value = query;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    const box = document.querySelector(".search__results > :first-child.search__alarm");
    return [query, box && box.textContent, [...box?.querySelectorAll("a") ?? []].map((link) => link.href)];
  });
}"""
"""Types each query and returns what stands above everything, or null, and where its links lead."""

ALARM = (
    "Chest pain?", "cannot move my leg", "leg gone cold and pale", "leg suddenly numb", "brething hard", "chestpain", "leg turned blue", "white cold leg",
    "toes went blue after boots", "my leg has gone dead", "foot is ice cold", "I can't feel my foot", "leg went white", "spitting blood", "fistula buzz gone",
    "husband wont wake up", "coughing up blood", "about to pass out", "my lips are blue", "hard to wake after gabapentin", "her face is drooping",
    "leg is cold and pale", "my foot has gone all white", "cannot pee", "grandma confused since gabapentin", "numb between the legs", "heart attack", "i think its a stroke", "stroke symptoms", "is this a mini stroke",
    "no buzz in my fistula", "sepsis", "husband is grey and sweaty", "wife is talking nonsense since new tablets", "she doesnt know who i am", "pins and needles in my privates", "hives all over after tablet",
    "stopped ropinirole and now stiff with a fever", "my foot is freezing and i cant feel it", "child wont walk on leg", "grandad confused and twitching", "fell and hit my head on warfarin", "he won't put weight on his leg", "dizzy and faint during dialysis",
    "fell at night and hip hurts cant stand", "her toes have gone dusky in the sleeves", "needle hole keeps oozing", "toddler got into my tablets",
    "long pauses then gurgles in his sleep", "one leg looks shorter now", "my husband half face no move", "leg very cold white pain",
    "needle came out blood everywhere while moving leg on dialysis", "line fell out dialysis", "vomiting blood", "numb bum and legs weak",
    "stiff hot and confused on haloperidol", "had a seizure in the night", "mum fell cant stand", "baby got hold of my iron pills",
    "dizzy cant see after massage gun on neck", "hearing voices after baby", "shin rock hard and agony after football", "varicose vein bleeding wont stop",
    "pregnant chest pain", "pregnant with a swollen calf and short of breath",
    "cant catch my breath after leg massage", "mums face has dropped on one side", "foot gone white and freezing", "cant pee and my back hurts",
    "my fistula wont stop bleeding", "took 2 ropinirole tablets by mistake", "swallowed too many codeine for my legs", "grandson swallowed ropinirole",
    "hit my head walking at night", "gran is suddenly confused and restless", "mum fell hip hurts leg looks shorter", "passed out after getting up at night",
    "breathing really slow after tablets", "sudden stabbing in my chest when i breathe in", "half my body gone numb", "leg just stopped working",
    "blood pouring from needle site", "doubled up on my gabapentin", "she has had all her sleeping tablets", "shes seeing things and wont sleep since birth",
    "cold blue foot at night", "sweating shaking high temp leg wound", "gums and nose bleeding and bruises everywhere on blood thinners", "choking on tablet",
    "pain in chest spreading to arm", "foot is marble white and hurts like hell", "numbness between thighs", "took double dose ropinirole",
    "toddler drank my liquid gabapentin", "new mum hearing things", "cant get up off floor after fall",
    "gran is breathing funny after her patch", "he wont open his eyes after his tablets", "took my mums ropinirole by mistake",
    "my 3 year old ate the iron gummies", "swallowed a button battery", "blood pouring from my fistula", "fistula feels cold and quiet",
    "my dialysis line fell out", "ive gone all woozy and my chest is tight", "heart going like mad after massage gun",
    "cant get my breath since i got home from spain", "coughing up pink stuff", "leg went floppy", "my leg gave out and i cant feel it",
    "speech has gone funny", "one side of my face feels dead", "i wet myself and my legs are weak", "cant feel when i go to the toilet",
    "tingling between my legs and back pain", "white toes and they hurt like hell", "muscle is rock solid and agony",
    "banged my head getting up in the night on warfarin", "fell down the stairs last night cant walk", "my baby is 2 weeks and i hear voices",
    "my lips and tongue are swelling after the new tablet", "rash all over and cant breathe", "stiff as a board and burning up on my new medicine",
    "kept awake 4 days and seeing things", "fit in his sleep shaking all over", "sudden worst headache ever", "sudden blindness in one eye",
    "varicose vein has burst", "short of puff and leg hurts", "panting after the stairs and sore leg", "keep passing out",
    "room is spinning and i am going grey", "legs wont carry me", "my foot just flops", "leg is dead cold and has no pulse",
    "bluish foot in compression boots", "numb all down there", "lost control of my bowels", "back pain and cant go for a wee", "slurring his words",
    "droopy eye and dribbling", "cant find the right words all of a sudden", "she is drowsy and her breathing is shallow after codeine",
    "double dose of pregabalin", "took someone elses tablets", "toddler chewed my pramipexole", "girl aged 4 has been at the iron syrup",
    "knocked my head on the bath, on blood thinners", "gran slipped and her leg is turned out", "fistula is bleeding", "buzz has stopped",
    "bump hurts and bleeding", "throat closing up after new cream", "hives and swollen mouth", "jerking all over and not responding",
    "burning up stiff and muddled on olanzapine", "he is blue and not breathing",
    "my child had too much medicine", "a fit after too much medicine", "dad had a fit", "got up in the night, fell, cant get up",
    "my mum is not waking up", "wont respond to me", "turning blue", "took 10 pramipexole", "ten gabapentin taken at once",
    "my 2 year old took my iron tablets", "foot suddenly cold", "trouble breathing", "legs have stopped working",
    "he is not himself since he woke up and cant get words out", "she went floppy and didnt answer", "leg suddenly as white as paper",
    "cold clammy and chest heavy", "i keep blacking out when i stand", "pregabalin plus oxycodone and shes snoring strangely",
    "toddler found the ropinirole", "daughter 4 drank my magnesium", "needle slipped in dialysis blood on floor", "cant feel my bits after epidural",
    "wee wont come and my back is killing me", "fell off the loo and hip is agony", "bang on head blood thinners sleepy", "vision gone in one eye",
    "fitting and foaming", "swollen tongue after antibiotics", "went grey after massage", "had a funny turn after leg massage",
    "heart flutters with the massage gun", "sudden pain behind knee like being kicked", "my foot turned blue in the boots",
)  # fmt: skip
TODAY = (
    "right leg twice the size of the left", "dialysis site is red and oozing",
    "swollen calf", "my calf is hot and tight can i massage it", "is it an infection", "dark pee after massage", "swollenx", "swolen calf", "swoolen",
    "thrombossis", "bloodclot", "throbbing calf", "calf cramp won't go away", "red streak up leg", "pain behind knee after flight", "coke coloured pee",
    "pee is brown", "vein is hard", "calf harder and warmer on one side", "one leg is fatter", "vein in my calf is hard", "wee looks like cola",
    "calf tight like rope and warm after flight", "one ankle fatter than the other since the plane", "my leg is big and hurt, only left, what massage",
    "charley horse wont go away 3 days one leg hot", "pulled muscle in calf that wont go away after surgery", "calf warm", "foot drop",
    "transplant pain and fever after massage belly", "fever and red leg", "pregnant one leg swolen and sore", "had baby 2 weeks ago calf hurts",
    "tattoo red streak", "had dvt last year can i use compression boots", "diabetic foot sore black toe can i rub it", "hole in my foot",
    "blood thinners big bruise after massage gun",
    "my calf is swolen and red what do i do", "red hot patch on my shin spreading", "diabetic blister on my foot from massager",
    "pee brown after massage gun", "burnt my foot on heat pad cant feel it", "pain in toes at night better when i dangle my leg",
    "vein in leg hard and sore like a cord", "calf hurts after hip operation", "my left calf has been killing me since the car trip",
    "toes turning purple in the boots", "smelly wound on heel", "dark red wee after massage", "lump in groin and leg swelling",
    "knee to ankle solid and swollen since yesterday", "skin on leg hot shiny and spreading", "urine like coke after deep massage",
    "leg pain wakes me i sleep in a chair with foot down", "stitches opened on my leg",
    "my calf has swollen up since the flight", "one ankle is much thicker than the other today", "leg feels hot and looks shiny",
    "pain deep in my calf when i walk and its warm", "skin round my graft is red and hot", "foot has gone purple", "toes are black",
    "my foot burnt on the heat pad and im diabetic", "hole in the bottom of my foot", "red line going up my leg", "shivery and my leg is red",
    "massage left a huge bruise and i take rivaroxaban", "wee the colour of tea after deep massage", "my son limps and has a fever",
    "child wakes screaming with leg pain in one leg", "calf is hard like wood after cast came off", "leg swollen 2 weeks after hip op",
    "leg puffed up like a sausage after long drive", "new lump in my calf, tender", "dull ache in left calf since covid bed rest",
    "wife came back from oz with a sore swollen leg", "groin pain and swollen thigh on the pill", "im on hrt and my calf throbs",
    "cant stop coughing and my calf is sore", "cant lift my toes since yesterday", "my toes have gone black at the tips",
    "access arm is throbbing and red", "line site is oozing", "temperature of 39 and red hot shin", "ulcer on my heel wont heal diabetic",
    "stepped on a nail and cant feel it", "scalded my foot in the foot spa", "pee is black after the gym", "massage left my leg so swollen and hard",
    "calf aching since my knee op last week", "ankle swelled overnight", "shin is bright red and burning",
    "bottom of foot split open and i cant feel it", "line in my neck is leaking", "vein on calf is hard and red",
    "burned my toes on hot water bottle no feeling", "massage chair left me peeing brown",
)  # fmt: skip
MATERNITY = (
    "baby stopped moving", "waters broke", "baby hasn't moved since evening", "haven't felt baby move", "my water broke", "rings don't fit anymore",
    "pregnant bleeding", "itchy hands and feet pregnant at night", "34 weeks and a bad headache",
    "pregnant headache wont go and seeing flashes", "my face and hands are swelling im 34 weeks", "bleeding at 20 weeks after foot massage",
    "baby not moving much tonight", "waters gone at 30 weeks", "tummy pain wont stop pregnant", "spots in front of my eyes pregnant", "not felt kicks today",
    "preeclampsia", "contractions early", "no movement from baby since morning",
    "im 32 weeks and my face is puffy", "pregnant and seeing flashing lights", "baby hasnt kicked today", "bleeding at 20 weeks",
    "palms itching like crazy im pregnant", "waters have gone", "reduced movements 36 weeks", "headache and blurry eyes 30 weeks",
    "pregnant headache and swollen hot calf",
    "throwing up and cant keep water down pregnant", "tummy rock hard and baby quiet",
)  # fmt: skip
DESPAIR = (
    "cant see any reason to carry on", "thinking about jumping", "i have been cutting", "want to go to sleep and never wake",
    "i feel like hurting my baby", "thoughts of hurting my child", "i might harm my newborn", "whats the point of going on",
    "Suicidal", "I can't go on", "husband wants to kill himself", "self-harm", "I want it to end", "dont want to live qqqq", "wants to die swollen calf",
    "I do not want to live", "do not want to wake up", "life is not worth living", "take my own life", "overdose", "she is hurting herself", "I feel like dying",
    "sucide", "suiside", "sucidal", "suicude", "kil myself", "killmyself", "i want 2 die", "dont wanna live", "dont wanna be here", "want to be dead",
    "id rather die", "tired of living", "no will to live", "cant carry on", "i took too many pills", "want to kms", "there is no point anymore", "took too many gabapentin", "took all my tablets", "i cant cope anymore", "wants to end it", "overdosed",
    "some nights i want to end it", "thinking of ending it", "cant take this anymore", "cant bear another night", "id rather not wake up", "better if i was gone",
    "whats the point of living", "dont see a way out", "they would be better without me", "everyone would sleep better without me around", "saved up my tablets",
    "i want it all to end", "better off without me", "i want it to stop forever", "no point living with this", "want to chop my legs off",
    "i dont want to be here anymore", "cant live like this every night", "thinking of ending it all", "had enough cant do another night",
    "better dead than this", "nobody would miss me", "wish i could go to sleep and not wake up", "im a burden to everyone",
    "i dont want to be here any more", "thinking about taking all my tablets", "everyone would be better off", "cant see the point",
    "i could just walk into the road", "he said he would end it", "want to sleep and never wake up", "i would rather be dead than another night",
    "whats the use of living", "planning to finish it all", "hurt myself to make the legs stop", "cutting helps",
    "i took the lot", "i want out",
)  # fmt: skip
EVERYDAY = (
    "my feet feel cold and i cant sleep", "see no reason to buy one", "my legs keep jumping", "cutting down on coffee",
    "jumpy legs", "legs will not stop", "my legs kill me at night", "how many pills", "living with it", "kick at the end of the night", "how long does it go on", "harmless", "hot bath", "numb feet",
    "cold legs at night", "compression clothes", "cut down on coffee", "does massage improve my life", "walked 10 kms today", "took too many steps", "can you overdo massage",
    "iron injection", "lavender smells", "ice cold bath for restless legs", "tea coloured oil", "painting by numbers", "legs wont stop moving",
    "who wrote this, are you selling something", "restless legs only in one leg", "hot legs at night", "i have tight calves", "can my son take iron", "i want it to stop",
    "can my left leg be worse than my right", "restless legs after c section", "does cold water help leg pain", "30 weeks pregnant restless legs", "shops selling leg massagers", "does my shorter leg matter", "12mm amplitude massage gun",
    "can massage harm the baby in pregnancy", "can i use cooking oil for massage", "my childs legs hurt four nights a week", "what temperature for soaking", "light massage after dinner sore legs", "lying down after work my legs ache", "keeping my leg still", "does sitting stop blood flow", "changing position in bed at night for leg", "pregnant bad nights when to see a doctor", "my fathers left leg", "running hills legs", "blending oils", "wanting my legs to stop", "bowls of warm water for feet", "who sells massage boots", "smelled of lavender", "rolled towels under the knee", "dementia mother strokes her legs all day", "long strokes or short", "had a stroke last year", "why do my legs twitch at night", "how to stop restless legs fast", "best leg massager", "do foot massagers work",
    "is massage gun good for restless legs", "how long should i massage my legs", "which muscles to massage", "can i massage every day",
    "does magnesium help", "is it low iron", "what is ferritin", "should i take iron", "can my wife massage me", "how do i ask my partner for a rub",
    "restless legs pregnancy third trimester", "can i use massage boots when pregnant", "restless legs on dialysis", "massage during dialysis",
    "how to massage someone with dementia", "my child has restless legs", "teenager jumpy legs", "restless legs and antidepressants",
    "does caffeine make it worse", "alcohol and restless legs", "restless legs on a plane", "restless legs at the cinema", "does it go away",
    "is there a cure", "am i going mad", "is restless legs real", "what doctor do i see", "what to say to gp", "compression socks in bed", "weighted blanket",
    "hot bath or cold shower", "stretching before bed", "yoga", "exercise make it worse", "soap in the bed", "lavender oil", "acupressure points",
    "reflexology", "tens machine", "vibrating pad", "cheap massager", "how much does a massage cost", "night shift and restless legs", "restless arms",
    "difference between cramp and restless legs", "parkinsons and restless legs", "legs feel hot and tight at night", "burning feeling in legs in bed",
    "one leg worse than the other restless", "calf muscles twitching all night", "feet itch and i have to move", "my legs ache after work",
    "tired heavy legs", "legs feel weak from no sleep", "pins and needles at night", "massage for calves", "foot massage before sleep",
    "how hard should i press", "do compression boots help", "how long do i wear air boots", "is it safe with varicose veins", "i am 70 and my legs jump",
    "after knee replacement restless legs", "restless legs started in pregnancy when does it stop", "baby keeps me up and legs jump",
    "my husband kicks all night", "can stress cause it", "i cant sleep", "i cant sit still in meetings", "long car journey restless legs",
    "does walking help", "cold feet and restless legs", "cold water on legs", "heat pad for legs", "can i take magnesium with ropinirole",
    "stopping pramipexole", "gabapentin how long to work", "opioid for restless legs", "is iron infusion good", "blood test for restless legs",
    "head massage for sleep", "red light therapy", "is this cancer", "can restless legs kill you", "legs go dead when i sit", "back pain and restless legs",
    "stiff calves in the morning", "my legs feel stiff after sitting", "hot flushes and restless legs", "massage oil that does not stain",
    "tight calf muscles before bed", "legs feel like jelly in the evening", "my partner kicks me at night",
    "can i rub my husbands legs while he sleeps", "can i take iron with my other tablets", "when do i take pramipexole", "do gummies work for kids",
    "magnesium gummies for restless legs", "year old baby sleeps badly", "my feet are cold in bed", "feet hot at night", "white noise for sleep",
    "blue light therapy", "foot bath too hot", "can i use a foot massager with a pacemaker", "massage gun on feet", "shiny new massager worth it",
    "walking helps my legs", "i walk the floor at night", "running makes my legs worse", "do compression socks help",
    "does my heart medication make it worse", "heart failure and massage", "does the pill make legs restless", "tingling in my legs at night",
    "pins and needles in feet", "cramp in my calf at night", "charlie horse", "my leg twitches when i fall asleep", "falling asleep in the cinema",
    "why does it get worse in the evening", "what is the point of a diary", "is there any point in massage", "better off with a machine or hands",
    "everyone says massage helps", "family thinks i make it up", "he says it is all in my head", "she wants me to stop kicking",
    "how long until massage works", "bruise easily can i use massage gun", "bruises from massage normal", "small bruise on my shin",
    "varicose veins massage", "numb feet massage", "between the toes", "how do i massage between my toes", "my legs give me no peace",
    "legs give me grief at night", "i cant feel any difference after massage", "i dont feel like moving", "legs hurt when i stand",
    "white cotton socks", "can a toddler have restless legs", "my boy is 8 and kicks in bed", "baby bump and leg cramps", "28 weeks legs jumpy",
    "itching legs at night", "itchy feet at night", "does stretching help", "toe nails", "open the app offline", "door open or closed",
    "face down massage", "massage face down pregnant", "words to say to my doctor", "funny feeling in legs", "odd sensation in legs",
    "weird feeling in my legs at night", "speech therapy", "train journey restless legs", "on the bus my legs jump", "drive long distance",
    "walk into a shop to buy one", "end of the day", "at the end of my tether",
    "massage stopped working for my legs", "ropinirole stopped working for my legs", "cant fall asleep have to stand up",
    "cant fall asleep on the floor", "my feet feel cold and i cant sleep", "why do my legs suddenly jerk", "breathing exercises before bed",
    "he got gabapentin from doctor does it work", "tried all tablets had no relief", "my husband legs jerking in his sleep fit",
    "want to take magnesium tablets every night", "thinking about taking iron pills every day",
    "i have to walk into the road at night to ease my legs", "better off without caffeine for me", "many people on ropinirole",
    "hot bath for stiff legs", "blue light for leg pain", "white noise for leg pain", "knee pain massage", "hip pain and restless legs",
    "does a knee pillow help leg pain", "my legs ache on long flights", "legs ache on a flight", "right now my leg hurts", "my leg aches in bed",
    "leg aches at rest", "leg pain at rest at night", "arm sore from massaging", "baby sleeps but my legs ache", "dont know where to rub my mum",
    "which one is best for leg pain", "heat patch on calf", "my legs feel hot at night in bed", "burning feet at night", "my left leg is worse",
    "restless right leg only", "one leg jumps more than the other", "both legs ache at night", "legs hurt after exercise", "legs hurt after running",
    "football and restless legs", "legs heavy in the evening", "swimming helps", "cold shower before bed", "ice pack on calf", "icy gel",
    "leg cramps in bed at night", "cramp in foot after massage", "how many minutes per leg", "how many days until it works", "10 minutes each leg",
    "5 minutes a day", "take 1 tablet at night", "took 300 mg gabapentin still awake", "took my ropinirole and legs still going",
    "took iron for 3 months", "20 weeks pregnant restless legs", "pregnant and cant sleep", "pregnant legs ache at night",
    "my baby wakes me and legs crawl", "headache after massage", "does massage help headaches", "blood test for iron", "blood pressure tablets",
    "blood thinners and massage", "can i massage on warfarin", "bruises easily", "numb feet from diabetes what massager", "diabetic foot massage",
    "foot massager for diabetics", "vein stripping done years ago", "spider veins", "skin itchy at night", "dry skin cream",
    "red wine makes it worse", "black tea or green tea", "coffee at night", "hang my legs over the bed", "sleep in a chair with legs up",
    "sleeping on the floor", "cold floor helps my feet", "stand on cold floor", "fell asleep on the sofa", "falling asleep at my desk",
    "jump out of bed at night", "jump up from the sofa", "walk it off", "i walk miles at night", "end of pregnancy restless legs",
    "everyone in my family has it", "my kids have it too", "nobody believes me", "no point going to the doctor", "fed up", "i am so tired",
    "so tired i could cry", "crying at night", "at my wits end", "lonely at night", "depressed because of no sleep", "anxious at bedtime",
    "heart patient massage", "heart stent legs", "mouth guard", "lavender smell", "smell of oil", "tight socks", "tight hamstrings", "hot tub",
    "hot stone massage", "line dancing", "access to a therapist", "rash from oil", "plaster on heel", "wound up at bedtime",
    "shoes with arch support", "child cant sleep legs", "my son kicks all night", "daughter 8 restless at night", "toddler rubs her legs",
    "baby massage", "gummies magnesium", "speech to doctor", "words for restless legs", "face massage", "eye mask", "hearing aid",
    "seeing a neurologist", "hospital bed", "floor exercises", "wet towel", "wet socks", "pee at night", "going to the toilet at night",
    "wake up to pee", "bladder keeps me up", "tummy upset from iron", "constipated from iron", "black poo from iron",
)  # fmt: skip


def test_the_way_to_the_numbers_is_always_there(opened, server):
    for query in ("", "lavender", "qqqqxxxx"):
        opened.fill("dialog.search input", query)
        assert opened.locator(".search__help a").get_attribute("href") == f"{server}tonight/safety-check/#numbers-to-call", query
    opened.locator(".search__help a").click()
    expect(opened).to_have_url(f"{server}tonight/safety-check/#numbers-to-call")


def test_numbers_say_who_asks_and_a_slip_brings_up_nothing_grave(opened, server):
    def pages(query: str) -> list[str]:
        return [link.removeprefix(server).split("/#")[0].rstrip("/") for link in opened.evaluate(LOOK, [query])[0]]

    assert pages("34 weeks and jumpy at night")[0] in ("questions/pregnancy", "for-you/pregnancy")
    assert "pregnancy" not in pages("jumpy legs 34 weeks ago")[0] and "pregnancy" not in pages("jumpy legs for 34 weeks")[0]
    assert pages("9 yr old jumpy in bed")[0] == "for-you/children" and "for-you/children" in pages("my teens jumpy in bed")[:2]
    assert pages("im 15 and my legs drive me mad")[0] == "for-you/children" and "for-you/children" not in pages("im 12 weeks gone")[:1]
    for query, wanted in (("amplitute", False), ("amputaded", True)):
        links = opened.evaluate(LOOK, [query])[0]
        assert any(link.endswith(("#stump", "#cutting-legs-off")) for link in links) is wanted, query


def test_words_of_an_emergency_bring_when_to_call_first(opened, server):
    for query, text, links in opened.evaluate(FIRST, ALARM):
        assert text.startswith("Call 999, 112, 911 or 000 now for any of these.") and "Newly short of breath, chest pain, coughing blood" in text, query
        order = ("about to pass out", "do not rub, squeeze or heat either leg, and get help today", "Too much of a medicine", "Call your maternity unit now")
        assert sorted(order, key=text.index) == list(order), query
        assert links == ["tel:999", "tel:112", "tel:911", "tel:000", f"{server}tonight/safety-check/", f"{server}tonight/safety-check/#numbers-to-call"], query


def test_words_of_a_clot_or_a_sore_foot_bring_the_help_of_today_first(opened, server):
    for query, text, links in opened.evaluate(FIRST, TODAY):
        assert text.startswith("Get medical help today, and do not rub, squeeze or heat either leg, if") and "one leg is newly swollen, throbbing, warm or painful" in text, query
        assert "If you get short of breath, have chest pain or feel about to pass out" in text and "Today means now, at night too." in text, query
        assert links == ["tel:999", "tel:112", "tel:911", "tel:000", f"{server}tonight/safety-check/", f"{server}tonight/safety-check/#numbers-to-call"], query


def test_the_sign_that_was_typed_stands_first(opened):
    first = "document.querySelector('.search__alarm li').textContent"
    for query, sign in (
        ("my fistula wont stop bleeding", "A fistula or graft that bleeds hard or does not stop: press on it at once."),
        ("she cannot be woken", "Someone who cannot be woken"),
        ("blister on a numb foot", "a numb foot, or any foot if you have diabetes"),
        ("swollen calf", "one leg is newly swollen"),
        ("leg swollen sore and pee dark", "one leg is newly swollen"),
        ("pregnant and bad headache", "you have a headache that is very bad"),
    ):
        opened.fill("dialog.search input", query)
        assert opened.evaluate(first).startswith(sign), query


def test_danger_signs_of_pregnancy_bring_the_maternity_unit_first(opened, server):
    for query, text, links in opened.evaluate(FIRST, MATERNITY):
        assert text.startswith("Pregnant, or a birth in the past year? Call your maternity unit, midwife or doctor at once, at night too, if"), query
        assert "do not rub, squeeze or heat either leg" in text, query  # a clot is more likely in pregnancy, whatever was typed
        assert links == 2 * ["tel:999", "tel:112", "tel:911", "tel:000"] + [f"{server}for-you/pregnancy/#other-signs-to-watch-for", f"{server}tonight/safety-check/#numbers-to-call"], query


def test_words_of_despair_bring_the_numbers_first(opened, server):
    for query, text, links in opened.evaluate(FIRST, DESPAIR):
        assert "Call 999, 112, 911 or 000 now" in text, query
        calls = [f"tel:{number}" for number in (999, 112, 911, "000", 988)]
        assert links == [*calls, f"{server}tonight/safety-check/#numbers-to-call", f"{server}restless-legs/living-with/#mood-and-dark-thoughts"], query


def test_who_took_too_much_is_told_whom_to_tell_and_when_to_call(opened, server):
    shown = "[...document.querySelectorAll('.search__results > section')].map((box) => [box.className.split('--')[1], box.textContent])"
    for query, names in (("he took too many gabapentin", ["crisis", "overdose"]), ("took too much gabapentin", ["overdose", "alarm"]), ("overdosed and cant breathe", ["crisis", "overdose"]), ("took too much pregabalin, chest pain", ["overdose", "alarm"])):
        opened.fill("dialog.search input", query)
        boxes = opened.evaluate(shown)
        assert [name for name, _ in boxes] == names, query
        told = next(text for name, text in boxes if name == "overdose")
        assert "cannot be woken" in told and "Call a pharmacist or an out-of-hours service now." in told, query


def test_under_a_sign_of_danger_nothing_says_walk_or_rub(opened):
    soothing = ("/alongside/", "/tonight/routine/", "/massage/self-massage/", "/questions/how-to-rub/", "/leg-massagers/tips/")
    links = "[...document.querySelectorAll('.search__list a')].map((link) => link.pathname)"
    opened.fill("dialog.search input", "heat or cold")
    assert any(link.startswith("/alongside/") for link in opened.evaluate(links)), "without a sign they are found"
    for query in ("foot is ice cold and white", "legs suddenly weak cant stand", "swollen calf rub", "suddenly cant feel my legs", "i dont want to wake up"):
        opened.fill("dialog.search input", query)
        found = opened.evaluate(links)
        assert opened.locator(".search__alarm").count() and found, query
        assert [link for link in found if link == "/tonight/" or link.startswith(soothing)] == [], query


def test_enter_leads_to_the_numbers_and_the_warning_is_spoken(opened, server):
    opened.fill("dialog.search input", "chest pain")
    expect(opened.locator(".search__status")).to_contain_text("Numbers to call stand above the results.")
    opened.keyboard.press("Enter")
    expect(opened.locator(".search__alarm a").first).to_be_focused()
    assert opened.locator(".search__alarm a").first.get_attribute("href") == "tel:999" and opened.url == f"{server}massage/"


def test_a_tap_within_the_dialog_keeps_it_open_and_one_beside_it_closes_it(opened):
    opened.set_viewport_size({"width": 1000, "height": 740})
    box = opened.locator("dialog.search").bounding_box()
    opened.mouse.click(box["x"] + 3, box["y"] + 3)
    assert opened.locator("dialog.search[open]").count() == 1
    opened.mouse.click(box["x"] - 5, box["y"] + 30)
    assert opened.locator("dialog.search[open]").count() == 0
    opened.set_viewport_size({"width": 360, "height": 740})


def test_an_index_that_did_not_come_is_asked_for_again(browser, server):
    context = browser.new_context(service_workers="block")
    page = context.new_page()
    page.goto(server + "massage/")
    page.route("**/search-index.json", lambda route: route.abort())
    page.locator("[data-search]").click()
    expect(page.locator(".search__status")).to_contain_text("The search could not be loaded.")
    page.unroute("**/search-index.json")
    page.get_by_role("button", name="Close").click()
    page.locator("[data-search]").click()
    expect(page.locator("dialog.search .search__doors a").first).to_be_visible()
    context.close()


def test_where_the_warnings_lead_exists(opened, server, site_folder):
    links = {link for *_, found in opened.evaluate(FIRST, ["suicide", "swollen calf", "waters broke"]) for link in found if link.startswith(server)}
    assert len(links) == 4, links
    for link in links:
        address, _, anchor = link.removeprefix(server).partition("#")
        page = parser.parse(site_folder / address / "index.html")
        assert not anchor or page.xpath(f"//*[@id='{anchor}']"), link


def test_everyday_words_do_not(opened):
    assert opened.evaluate(FIRST, EVERYDAY) == [[query, None, []] for query in EVERYDAY]


def test_keyboard_alone(opened, server):
    opened.keyboard.type("jumpy legs")
    opened.wait_for_selector(".search__list a")
    focused = "document.activeElement.textContent"
    opened.keyboard.press("ArrowDown")
    assert opened.evaluate(focused) == opened.locator(".search__list a").nth(0).inner_text()
    opened.keyboard.press("ArrowDown")
    assert opened.evaluate(focused) == opened.locator(".search__list a").nth(1).inner_text()
    opened.keyboard.press("ArrowUp")
    opened.keyboard.press("ArrowUp")
    assert opened.evaluate("document.activeElement.id") == "search-words"
    first = opened.locator(".search__list a").first.get_attribute("href")
    opened.keyboard.press("Enter")
    opened.wait_for_url(first)


def test_escape_closes_and_gives_the_focus_back(opened):
    opened.keyboard.type("iron")
    opened.keyboard.press("Escape")
    assert opened.locator("dialog.search").evaluate("dialog => dialog.open") is False
    assert opened.evaluate("document.activeElement.hasAttribute('data-search')")


def test_screen_readers_hear_the_count_once_typing_rests(opened):
    opened.fill("dialog.search input", "soap")
    status = opened.locator(".search__status")
    assert status.get_attribute("role") == "status"
    expect(status).to_have_text(re.compile(r"^\d results\. First: Oils, soap, socks and blankets, your questions$"))


def test_what_is_typed_is_shown_as_text(opened):
    opened.fill("dialog.search input", "qqqq<img src=x onerror=alert(1)>qqqq")
    assert opened.locator("dialog.search img").count() == 0


@pytest.mark.parametrize(("scheme", "queries"), [("light", ("", "jumpy legs")), ("dark", ("jumpy legs", "qqqqxxxx"))])
def test_axe_finds_nothing_in_the_open_search(browser, server, scheme, queries):
    context = browser.new_context(service_workers="block", color_scheme=scheme, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(server + "massage/?q=" + queries[0])
    page.wait_for_selector("dialog.search a")
    for query in queries:
        page.fill("dialog.search input", query)
        assert violations(page) == []
        assert page.evaluate("document.querySelector('dialog.search').scrollWidth") <= 360
    context.close()


def test_search_data_is_yaml_of_queries(root):
    rows = yaml.safe_load((root / "tests/data/search.yml").read_text(encoding="utf-8"))
    assert all(set(row) == {"query", "right"} and row["right"] for row in rows)
    assert len({row["query"] for row in rows}) == len(rows)
