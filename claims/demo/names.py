"""Names for people who do not exist."""

from __future__ import annotations

SURNAMES = (
    "Abernathy Adair Aldana Ashby Atwater Babcock Barrow Bellamy Bianchi Birdwell Blackwood Bouchard Brandt Brightman "
    "Calloway Castellane Chesterton Claiborne Coldwell Corcoran Crowther Culpepper Dalrymple Delacroix Devereaux "
    "Dimitriou Drummond Easterling Ellery Ellsworth Fairbanks Farnsworth Fenwick Fitzroy Fontaine Gallagher Garrity "
    "Goldwater Greenleaf Gutierrez Hadley Halloway Hargrove Hathaway Hawthorne Holloway Huang Ibarra Iverson Jankowski "
    "Jimenez Kaminski Kensington Kilgore Kowalczyk Langford Larrabee Leclerc Lindgren Lockhart Lombardi MacAllister "
    "Maddox Marchetti Marsh Mayweather Merriweather Middleton Montague Moreau Nakashima Nightingale Nwosu Oakley "
    "Okonjo Olmstead Orozco Ostrander Pemberton Penhallow Peregrine Pettigrew Prendergast Quarles Quimby Radcliffe "
    "Ravenel Ridgeway Rosenthal Rutherford Salazar Satterfield Sheffield Sorensen Stanhope Sutherland Swanson "
    "Tanaka Thackeray Thibault Thornbury Treadwell Underhill Vandermeer Vasquez Villanueva Wadsworth Wainwright "
    "Whitcombe Whitfield Wickham Winslow Woodbridge Yarrow Yoshida Zabriskie Zimmer"
).split()

WOMEN = (
    "Ada Adelaide Agnes Beatriz Bernice Clara Cordelia Delores Dolores Edith Elena Eloise Estelle Evangeline Florence "
    "Frances Geneva Grace Harriet Helen Ida Irene Iris Josephine Judith Lillian Louise Lucille Mabel Marguerite Marian "
    "Mildred Naomi Opal Pauline Phyllis Rosa Rosemary Ruth Sadie Selma Sylvia Thelma Vera Viola Winifred Yvette"
).split()

MEN = (
    "Albert Ambrose Arthur Bernard Calvin Cecil Clement Cornelius Desmond Edmund Elias Ernest Eugene Floyd Francis "
    "George Gilbert Harold Herbert Horace Ignacio Irving Julian Kenneth Lawrence Leonard Lionel Manuel Marcus Minh "
    "Morris Norman Oscar Otis Paul Percival Ralph Raymond Rufus Samuel Stanley Theodore Thomas Vernon Victor Walter"
).split()
